package io.gemproxy.server.keys;

import org.jspecify.annotations.Nullable;

/** Whether and until when something rests. Safe for use by many threads; reading takes no lock. */
final class Rest {
    private volatile @Nullable Cooldown current;

    /** The longer of two rests holds; but what came of asking early is believed. */
    synchronized void begin(Cooldown next, long now) {
        Cooldown old = current;
        if (old == null || old.over(now) || old.probed().get()) {
            current = keepAsked(old, next, now);
        } else {
            current = next.outlasts(old) ? next : old;
        }
    }

    /** One rest is asked once, also if the answer was that it goes on. */
    private static Cooldown keepAsked(@Nullable Cooldown old, Cooldown next, long now) {
        if (old != null && !old.over(now) && old.reason().equals(next.reason())) {
            next.probed().set(true);
        }
        return next;
    }

    synchronized void end() {
        current = null;
    }

    boolean over(long now) {
        Cooldown cooldown = current;
        return cooldown == null || cooldown.over(now);
    }

    /** The rest in force, null if there is none. */
    @Nullable Cooldown inForce(long now) {
        Cooldown cooldown = current;
        return cooldown == null || cooldown.over(now) ? null : cooldown;
    }

    /** The last rest, in force or over; null if there never was one. */
    @Nullable Cooldown latest() {
        return current;
    }

    /** A request lent after it began went through: it is over, if it may be asked early. */
    boolean overtaken(long lentAt) {
        return current != null && endIfBegunBefore(lentAt);
    }

    private synchronized boolean endIfBegunBefore(long lentAt) {
        Cooldown cooldown = current;
        if (cooldown == null || !cooldown.probeEarly() || lentAt - cooldown.sinceNanos() <= 0) {
            return false;
        }
        current = null;
        return true;
    }
}
