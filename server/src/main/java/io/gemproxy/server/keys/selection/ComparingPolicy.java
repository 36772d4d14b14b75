package io.gemproxy.server.keys.selection;

import org.jspecify.annotations.Nullable;

/**
 * Takes the less burdened of the candidates it looks at: all in a small pool, otherwise two at
 * random, since the better of two is nearly as good as the best of many (Mitzenmacher, "The Power
 * of Two Choices", 2001) and each further one costs misses of the processor's cache. They are
 * compared before the better one is asked whether it is free, for the same reason.
 */
abstract sealed class ComparingPolicy implements SelectionPolicy permits LeastLoaded, MostHeadroom {
    /** In a cycle of so many turns all are compared. */
    private static final int FEW = 32;

    /** So many candidates with room are looked for before one without is taken. */
    private static final int LOOKS_FOR_ROOM = 64;

    /** What speaks against a candidate; the least is best. */
    abstract <C extends Candidate> double burden(C candidate, Judge<C> judge);

    /** Less is better among equally burdened ones; equal again, and the lot decides. */
    abstract <C extends Candidate> double tieBreak(C candidate, Judge<C> judge);

    @Override
    public final <C extends Candidate> @Nullable C choose(C[] turns, long turn, Judge<C> judge) {
        long lot = scattered(turn);
        int start = (int) (((lot >>> 32) * turns.length) >>> 32);
        if (turns.length <= FEW) {
            return ofAll(turns, start, lot, judge);
        }
        C one = turns[start];
        C other = turns[(int) (((lot & 0xFFFF_FFFFL) * turns.length) >>> 32)];
        boolean swap = isBetter(other, one, judge);
        C better = swap ? other : one;
        if (judge.free(better) && judge.headroom(better) > 0) {
            return better;
        }
        C second = swap ? one : other;
        if (judge.free(second) && judge.headroom(second) > 0) {
            return second;
        }
        return nextFrom(turns, start, judge);
    }

    private <C extends Candidate> boolean isBetter(C candidate, C than, Judge<C> judge) {
        double its = burden(candidate, judge);
        double others = burden(than, judge);
        return its < others
                || (its <= others && tieBreak(candidate, judge) < tieBreak(than, judge));
    }

    private static <C extends Candidate> @Nullable C nextFrom(
            C[] turns, int start, Judge<C> judge) {
        C atItsLimit = null;
        for (int look = 0; look < turns.length; look++) {
            C candidate = turns[(start + look) % turns.length];
            if (judge.free(candidate)) {
                if (judge.headroom(candidate) > 0) {
                    return candidate;
                }
                atItsLimit = atItsLimit == null ? candidate : atItsLimit;
            }
            if (atItsLimit != null && look >= LOOKS_FOR_ROOM) {
                break;
            }
        }
        return atItsLimit;
    }

    private <C extends Candidate> @Nullable C ofAll(
            C[] turns, int start, long lot, Judge<C> judge) {
        C best = null;
        boolean bestHasRoom = false;
        double least = 0;
        long bestLot = 0;
        for (int look = 0; look < turns.length; look++) {
            C candidate = turns[(start + look) % turns.length];
            if (!judge.free(candidate)) {
                continue;
            }
            boolean room = judge.headroom(candidate) > 0;
            double burden = burden(candidate, judge);
            long itsLot = scattered(lot + look);
            if (best == null
                    || (room && !bestHasRoom)
                    || (room == bestHasRoom
                            && (burden < least
                                    || (burden <= least
                                            && winsTie(
                                                    candidate, itsLot, best, bestLot, judge))))) {
                best = candidate;
                bestHasRoom = room;
                least = burden;
                bestLot = itsLot;
            }
        }
        return best;
    }

    private <C extends Candidate> boolean winsTie(
            C candidate, long lot, C best, long bestLot, Judge<C> judge) {
        double its = tieBreak(candidate, judge);
        double others = tieBreak(best, judge);
        return its < others || (its <= others && lot < bestLot);
    }

    /** Looks random but is the same for the same number (SplitMix64, Steele et al. 2014). */
    private static long scattered(long number) {
        long z = (number + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
