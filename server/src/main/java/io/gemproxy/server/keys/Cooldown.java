package io.gemproxy.server.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A block in force, on the monotonic clock.
 *
 * @param reason a stable word
 * @param since when it began
 * @param until when it ends, {@link Instant#MAX} if not by itself
 * @param sinceNanos the same on the clock of {@code System.nanoTime}
 * @param untilNanos the same on the clock of {@code System.nanoTime}, without meaning if it does
 *     not end by itself
 * @param probeEarly whether one request may ask if it is over already
 * @param probed whether one did
 */
record Cooldown(
        String reason,
        Instant since,
        Instant until,
        long sinceNanos,
        long untilNanos,
        boolean probeEarly,
        AtomicBoolean probed) {
    /** No rest that ends by itself is longer; the monotonic clock counts 292 years. */
    private static final Duration LONGEST = Duration.ofDays(366);

    /** Shorter rests are waited for. */
    private static final long WORTH_ASKING = Duration.ofSeconds(10).toNanos();

    static Cooldown of(Block block, Instant since, Instant wall, long now) {
        boolean ends = !block.until().equals(Instant.MAX);
        Duration left = ends ? Duration.between(wall, block.until()) : LONGEST;
        Duration bounded = left.compareTo(LONGEST) > 0 ? LONGEST : left;
        return new Cooldown(
                block.reason(),
                since,
                block.until(),
                now - Duration.between(since, wall).toNanos(),
                now + bounded.toNanos(),
                block.probeEarly(),
                new AtomicBoolean());
    }

    boolean endsByItself() {
        return !until.equals(Instant.MAX);
    }

    boolean over(long now) {
        return endsByItself() && untilNanos - now <= 0;
    }

    /** From when one request may ask if it is over: half of it has passed. */
    long mayAskFrom() {
        return sinceNanos + (untilNanos - sinceNanos) / 2;
    }

    /** Whether a request may ask now if it is over. */
    boolean mayAsk(long now) {
        return mayBeAsked() && mayAskFrom() - now <= 0;
    }

    /** Whether a request may ask, now or later, if it is over. */
    boolean mayBeAsked() {
        return probeEarly
                && endsByItself()
                && untilNanos - sinceNanos >= WORTH_ASKING
                && !probed.get();
    }

    boolean outlasts(Cooldown other) {
        if (!endsByItself() || !other.endsByItself()) {
            return other.endsByItself();
        }
        return untilNanos - other.untilNanos > 0;
    }
}
