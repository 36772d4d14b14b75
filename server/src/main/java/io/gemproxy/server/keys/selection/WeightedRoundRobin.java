package io.gemproxy.server.keys.selection;

import org.jspecify.annotations.Nullable;

/**
 * Smooth weighted round robin: shares are exact over each cycle of the weights and turns are
 * spread, not bunched.
 *
 * <p>Upside: exact, cheap, predictable. Downside: it looks neither at load nor at how much quota is
 * left, only at whether any is.
 */
public final class WeightedRoundRobin implements SelectionPolicy {
    /** So many candidates with room are looked for before one without is taken. */
    private static final int LOOKS_FOR_ROOM = 64;

    @Override
    public <C extends Candidate> @Nullable C choose(C[] turns, long turn, Judge<C> judge) {
        int position = (int) Math.floorMod(turn, (long) turns.length);
        C atItsLimit = null;
        for (int look = 0; look < turns.length; look++) {
            C candidate = turns[position];
            position = position + 1 == turns.length ? 0 : position + 1;
            if (!judge.free(candidate)) {
                continue;
            }
            if (judge.headroom(candidate) > 0 && judge.takesTurn(candidate)) {
                return candidate;
            }
            atItsLimit = atItsLimit == null ? candidate : atItsLimit;
            if (look >= LOOKS_FOR_ROOM) {
                return atItsLimit;
            }
        }
        return atItsLimit;
    }

    @Override
    public boolean refusesEarly() {
        return false;
    }
}
