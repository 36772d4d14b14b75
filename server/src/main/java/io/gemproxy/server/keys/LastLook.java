package io.gemproxy.server.keys;

import io.gemproxy.server.keys.quota.Moment;
import org.jspecify.annotations.Nullable;

/** One look at each key after the ordinary choice found none: what is left, and what is short. */
final class LastLook {
    private final Round round;
    private final Moment now;
    private final Shortage shortage;
    private @Nullable Seat onlyBroken;
    private @Nullable Seat mayAsk;
    private boolean changes;
    private long nextChange;

    LastLook(Round round) {
        this.round = round;
        this.now = round.now();
        this.shortage = new Shortage(now);
    }

    /** Whether the key is free; if not, notes why. */
    boolean at(Seat seat) {
        UpstreamKey key = seat.key();
        if (round.wish().wasTried(key)) {
            shortage.tried();
            return false;
        }
        if (round.free(seat)) {
            return true;
        }
        if (!key.usable(now.millis())) {
            shortage.unusable();
            return false;
        }
        long opening = seat.opening(now, round.strict(), round.wish().inputTokens());
        shortage.opensAt(opening);
        changesAt(seat.mayAskFrom(now.nanos(), opening));
        if (round.freeButForItsBreaker(seat)) {
            onlyBroken = onlyBroken == null ? seat : onlyBroken;
        } else if (mayAsk == null
                && key.use().opening(now.nanos()) - now.nanos() <= 0
                && seat.mayAskEarly(now.nanos(), now.millis())
                && !seat.unblocked(now.nanos(), now.millis())) {
            mayAsk = seat;
        }
        return false;
    }

    /** A key that nothing but its breaker holds back. */
    @Nullable Seat onlyBroken() {
        return onlyBroken;
    }

    /** A key whose rest may be over already. */
    @Nullable Seat mayAsk() {
        return mayAsk;
    }

    Shortage shortage() {
        return shortage;
    }

    /** Before then nothing changes by time alone. */
    long nextChange(long otherwise) {
        return changes ? nextChange : otherwise;
    }

    private void changesAt(long nanos) {
        nextChange = changes && nextChange - nanos < 0 ? nextChange : nanos;
        changes = true;
    }
}
