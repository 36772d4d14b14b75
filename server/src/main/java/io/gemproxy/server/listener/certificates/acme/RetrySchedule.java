package io.gemproxy.server.listener.certificates.acme;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** How long to wait after failures: 1, 10, 100 minutes, then a day, and never to the second. */
final class RetrySchedule {
    private static final List<Duration> FIRST =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofMinutes(100));
    private static final Duration THEN = Duration.ofDays(1);

    /**
     * Up to this share comes on top, so that servers that failed together do not return together.
     */
    private static final double JITTER = 0.1;

    private RetrySchedule() {}

    /**
     * @param failures in a row, at least one
     */
    static Duration after(int failures, RandomGenerator random) {
        Duration base = failures <= FIRST.size() ? FIRST.get(failures - 1) : THEN;
        return base.plusMillis((long) (base.toMillis() * JITTER * random.nextDouble()));
    }
}
