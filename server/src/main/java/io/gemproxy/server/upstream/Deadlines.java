package io.gemproxy.server.upstream;

import java.time.Duration;

/** The deadlines of one exchange: one for the present phase and one for the whole. */
final class Deadlines {
    private static final long NONE = Long.MAX_VALUE;

    private final long start;
    private final long total;
    private volatile long phase = NONE;

    /** All times are nanoseconds since {@code start}, so that they compare without overflow. */
    Deadlines(long start, Duration total) {
        this.start = start;
        this.total = nanos(total);
    }

    /** The phase that begins now may last this long. */
    void arm(long now, Duration limit) {
        long elapsed = now - start;
        long end = elapsed + nanos(limit);
        phase = end < elapsed ? NONE : end;
    }

    /** The present phase has no deadline of its own. */
    void disarm() {
        phase = NONE;
    }

    boolean passed(long now) {
        long elapsed = now - start;
        return elapsed > phase || elapsed > total;
    }

    private static long nanos(Duration limit) {
        return limit.compareTo(Duration.ofDays(10_000)) > 0 ? NONE : limit.toNanos();
    }
}
