package io.gemproxy.server.keys.selection;

import org.jspecify.annotations.Nullable;

/** How the next key is chosen. Safe for use by many threads, without locks. */
public interface SelectionPolicy {
    /**
     * The candidate that serves next.
     *
     * @param turns one cycle of turns, each candidate as often as its weight says; never empty
     * @param turn the number of this choice
     * @param judge the state of each candidate
     * @return null if none was found within the first {@code turns.length} looks
     */
    <C extends Candidate> @Nullable C choose(C[] turns, long turn, Judge<C> judge);

    /** Whether a request is refused while known limits leave no room, without asking Google. */
    boolean refusesEarly();

    /** Candidates looked at where a policy compares. */
    int SAMPLE = 4;

    /** A position in the cycle that looks random but is the same for the same turn and look. */
    static int scattered(long turn, int look, int length) {
        long z = turn * SAMPLE + look + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        z ^= z >>> 31;
        return (int) Math.floorMod(z, (long) length);
    }
}
