package io.gemproxy.server.keys;

import io.gemproxy.server.keys.quota.Moment;
import java.time.Duration;
import java.util.Optional;

/** What stood in the way of each key, summed up. */
final class Shortage {
    private final Moment now;
    private boolean tried;
    private boolean unusable;
    private boolean opens;
    private long opening;

    Shortage(Moment now) {
        this.now = now;
    }

    void tried() {
        tried = true;
    }

    void unusable() {
        unusable = true;
    }

    void opensAt(long nanos) {
        opening = opens && opening - nanos < 0 ? opening : nanos;
        opens = true;
    }

    /** When the first key opens, on the monotonic clock. */
    Optional<Long> opening() {
        return opens ? Optional.of(opening) : Optional.empty();
    }

    Lending asLending() {
        if (opens) {
            Duration wait = Duration.ofNanos(Math.max(0, opening - now.nanos()));
            return new Lending.Exhausted(
                    tried ? Lending.Reason.ALL_TRIED : Lending.Reason.COOLING, Optional.of(wait));
        }
        return new Lending.Exhausted(withoutOpening(), Optional.empty());
    }

    private Lending.Reason withoutOpening() {
        if (tried) {
            return Lending.Reason.ALL_TRIED;
        }
        return unusable ? Lending.Reason.NO_USABLE_KEY : Lending.Reason.PROJECT_GONE;
    }
}
