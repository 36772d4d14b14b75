package io.gemproxy.server.metrics;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/** The upper bounds of the histograms' buckets. */
final class Bounds {
    /** From a cached token count to a thinking model's minutes. */
    static final List<Duration> ANSWER =
            micros(
                    5_000,
                    10_000,
                    25_000,
                    50_000,
                    100_000,
                    250_000,
                    500_000,
                    1_000_000,
                    2_500_000,
                    5_000_000,
                    10_000_000,
                    30_000_000,
                    60_000_000,
                    120_000_000,
                    300_000_000,
                    600_000_000);

    /** The proxy's own share: microseconds, unless something is wrong. */
    static final List<Duration> OVERHEAD =
            micros(
                    50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000,
                    500_000, 1_000_000);

    private Bounds() {}

    private static List<Duration> micros(long... bounds) {
        return LongStream.of(bounds).mapToObj(micros -> Duration.ofNanos(micros * 1000)).toList();
    }
}
