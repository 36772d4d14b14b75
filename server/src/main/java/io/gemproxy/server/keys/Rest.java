package io.gemproxy.server.keys;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Whether and until when something rests. Safe for use by many threads, without locks. */
final class Rest {
    private final AtomicReference<@Nullable Cooldown> current = new AtomicReference<>();

    /** The longer of two rests holds; but what came of asking early is believed. */
    void begin(Cooldown next, long now) {
        current.updateAndGet(old -> {
            if (old == null || old.over(now) || old.probed().get()) {
                return keepAsked(old, next, now);
            }
            return next.outlasts(old) ? next : old;
        });
    }

    /** One rest is asked once, also if the answer was that it goes on. */
    private static Cooldown keepAsked(@Nullable Cooldown old, Cooldown next, long now) {
        if (old != null && !old.over(now) && old.reason().equals(next.reason())) {
            next.probed().set(true);
        }
        return next;
    }

    void end() {
        current.set(null);
    }

    boolean over(long now) {
        Cooldown cooldown = current.get();
        return cooldown == null || cooldown.over(now);
    }

    /** The rest in force, null if there is none. */
    @Nullable Cooldown inForce(long now) {
        Cooldown cooldown = current.get();
        return cooldown == null || cooldown.over(now) ? null : cooldown;
    }

    /** The last rest, in force or over; null if there never was one. */
    @Nullable Cooldown latest() {
        return current.get();
    }

    /** A request lent after it began went through: it is over, if it may be asked early. */
    boolean overtaken(long lentAt) {
        Cooldown cooldown = current.get();
        return cooldown != null
                && cooldown.probeEarly()
                && lentAt - cooldown.sinceNanos() > 0
                && current.compareAndSet(cooldown, null);
    }
}
