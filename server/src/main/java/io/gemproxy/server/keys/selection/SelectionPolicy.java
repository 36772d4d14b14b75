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
     * @return null if none of them is free
     */
    <C extends Candidate> @Nullable C choose(C[] turns, long turn, Judge<C> judge);

    /** Whether a request is refused while known limits leave no room, without asking Google. */
    boolean refusesEarly();
}
