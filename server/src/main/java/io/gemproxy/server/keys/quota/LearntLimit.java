package io.gemproxy.server.keys.quota;

import java.time.Duration;

/**
 * A limit read from an error. It holds until something speaks against it: Google names another
 * value, or more went through than it allows. Since tiers rise and nobody says so, it falls into
 * doubt after a while: then one request at a time may go past it and find out. Not thread-safe.
 */
final class LearntLimit {
    private static final long FIRST_TRUST = Duration.ofDays(1).toMillis();
    private static final long LONGEST_TRUST = Duration.ofDays(8).toMillis();
    private static final long FORGOTTEN_AFTER = Duration.ofDays(30).toMillis();

    /** A question whose answer takes longer is asked again. */
    private static final long PATIENCE = Duration.ofMinutes(10).toNanos();

    private long named;
    private long value;
    private long untilMillis;
    private long trustMillis;
    private boolean asking;
    private long askedAtNanos;

    LearntLimit(Learnt earlier) {
        named = earlier.value();
        value = earlier.value();
        untilMillis = earlier.untilMillis();
        trustMillis = Math.clamp(earlier.trustMillis(), FIRST_TRUST, LONGEST_TRUST);
    }

    static LearntLimit of(long value, Moment now) {
        return new LearntLimit(new Learnt(value, now.millis() + FIRST_TRUST, FIRST_TRUST));
    }

    /** An error named it again, maybe with another value. */
    void named(long nowNamed, Moment now) {
        if (nowNamed != named) {
            trustMillis = FIRST_TRUST;
        } else if (inDoubt(now)) {
            trustMillis = Math.min(LONGEST_TRUST, 2 * trustMillis);
        }
        named = nowNamed;
        value = nowNamed;
        untilMillis = now.millis() + trustMillis;
        asking = false;
    }

    /** More went through than it allows, so it is at least this. */
    void atLeast(long seen, Moment now) {
        if (seen > value) {
            value = seen;
            untilMillis = Math.min(untilMillis, now.millis());
        }
    }

    /** What it is known to be. */
    long value() {
        return value;
    }

    /**
     * What may be sent, of which {@code need} is the next request: while in doubt that much more.
     */
    long allowed(long need, Moment now) {
        boolean mayAsk = inDoubt(now) && !isAsking(now.nanos());
        return mayAsk ? value + need : value;
    }

    /** So much is used now that a request was sent: one past the limit is the question. */
    void sent(long used, Moment now) {
        if (used > value && inDoubt(now) && !isAsking(now.nanos())) {
            asking = true;
            askedAtNanos = now.nanos();
        }
    }

    /** The request that was sent at a moment is over, and {@code need} of it went through. */
    void answered(long lentAtNanos, long need, Moment now) {
        if (asking && askedAtNanos == lentAtNanos) {
            asking = false;
            atLeast(value + need, now);
        }
    }

    /** The request that was sent at a moment failed, which by itself says nothing of the limit. */
    void failed(long lentAtNanos) {
        asking &= askedAtNanos != lentAtNanos;
    }

    /** Nobody has met it for so long that it says nothing any more. */
    boolean isForgotten(Moment now) {
        return now.millis() - untilMillis > FORGOTTEN_AFTER;
    }

    Learnt snapshot() {
        return new Learnt(named, untilMillis, trustMillis);
    }

    private boolean inDoubt(Moment now) {
        return now.millis() >= untilMillis;
    }

    private boolean isAsking(long now) {
        return asking && now - askedAtNanos < PATIENCE;
    }
}
