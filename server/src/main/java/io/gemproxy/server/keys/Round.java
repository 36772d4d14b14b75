package io.gemproxy.server.keys;

import io.gemproxy.server.keys.quota.Moment;
import io.gemproxy.server.keys.selection.Judge;
import org.jspecify.annotations.Nullable;

/** One choice: what is wished for, now. Used by one thread. */
final class Round implements Judge<Seat> {
    private final LendingWish wish;
    private final Moment now;
    private final boolean strict;
    private int blocked;
    private @Nullable Measured last;
    private @Nullable Measured lastButOne;

    /** Policies ask about the same two again and again. */
    private record Measured(UpstreamKey key, double headroom) {}

    /**
     * @param strict whether a project without room under its known limits is not asked
     */
    Round(LendingWish wish, Moment now, boolean strict) {
        this.wish = wish;
        this.now = now;
        this.strict = strict;
    }

    Moment now() {
        return now;
    }

    LendingWish wish() {
        return wish;
    }

    boolean strict() {
        return strict;
    }

    /** Headroom is measured anew from here on. */
    void again() {
        last = null;
        lastButOne = null;
    }

    /** Looks that met a key that rests, since this was last asked. */
    int takeBlocked() {
        int looks = blocked;
        blocked = 0;
        return looks;
    }

    @Override
    public boolean free(Seat seat) {
        return freeButForItsBreaker(seat) && seat.key().breaker().admits(now.nanos());
    }

    /** Whether at most its breaker keeps it from serving, which gives way where nothing is left. */
    boolean freeButForItsBreaker(Seat seat) {
        if (wish.wasTried(seat.key())) {
            return false;
        }
        if (!seat.unblocked(now.nanos(), now.millis()) || (strict && headroom(seat) <= 0)) {
            blocked++;
            return false;
        }
        return seat.key().use().opening(now.nanos()) - now.nanos() <= 0;
    }

    @Override
    public double share(Seat seat) {
        return seat.key().slowStart().share(now.nanos());
    }

    @Override
    public double headroom(Seat seat) {
        if (last != null && last.key() == seat.key()) {
            return last.headroom();
        }
        if (lastButOne != null && lastButOne.key() == seat.key()) {
            return lastButOne.headroom();
        }
        double headroom = seat.allotment().quota().headroom(now, wish.inputTokens());
        lastButOne = last;
        last = new Measured(seat.key(), headroom);
        return headroom;
    }

    @Override
    public long recent(Seat seat) {
        return seat.allotment().quota().recentRequests(now);
    }

    @Override
    public boolean takesTurn(Seat seat) {
        return seat.key().slowStart().takesTurn(now.nanos());
    }
}
