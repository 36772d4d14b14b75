package io.gemproxy.server.keys.selection;

import org.jspecify.annotations.Nullable;

/**
 * The key with the fewest running requests for its weight, of a few looked at.
 *
 * <p>Upside: slow keys and long streams get less. Downside: a key that fails fast looks idle (its
 * rest, its breaker and its health hold against that), and shares are not exact.
 */
public final class LeastLoaded implements SelectionPolicy {
    @Override
    public <C extends Candidate> @Nullable C choose(C[] turns, long turn, Judge<C> judge) {
        C best = null;
        double least = 0;
        boolean bestHasRoom = false;
        boolean few = turns.length <= SAMPLE * 8;
        int start = SelectionPolicy.scattered(turn, 0, turns.length);
        for (int look = 0, found = 0; look < turns.length && found < SAMPLE; look++) {
            int position =
                    few || look >= SAMPLE
                            ? (start + look) % turns.length
                            : SelectionPolicy.scattered(turn, look, turns.length);
            C candidate = turns[position];
            if (!judge.free(candidate)) {
                continue;
            }
            found += few ? 0 : 1;
            double load =
                    (candidate.inFlight() + 1.0) / (candidate.weight() * judge.share(candidate));
            boolean room = judge.headroom(candidate) > 0;
            if (best == null || (room && !bestHasRoom) || (room == bestHasRoom && load < least)) {
                best = candidate;
                least = load;
                bestHasRoom = room;
            }
        }
        return best;
    }

    @Override
    public boolean refusesEarly() {
        return false;
    }
}
