package io.gemproxy.server.keys.quota;

/**
 * Now, on all clocks.
 *
 * @param nanos of the monotonic clock
 * @param millis since the epoch
 * @param day the quota day of {@code millis}
 */
public record Moment(long nanos, long millis, QuotaDay day) {
    /** The end of the quota day on the monotonic clock. */
    long dayEndsNanos() {
        return nanos + (day.endMillis() - millis) * 1_000_000L;
    }
}
