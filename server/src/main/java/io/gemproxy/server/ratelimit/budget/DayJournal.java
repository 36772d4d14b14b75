package io.gemproxy.server.ratelimit.budget;

/** Where the counts of days go that must survive a crash. */
@FunctionalInterface
public interface DayJournal {
    /**
     * Takes a count; must not block.
     *
     * @return where it stands among all
     */
    long write(KeptDay day);

    /**
     * Waits until a count and all before it are safe, for a moment at most. Nobody calls it with a
     * lock in hand.
     */
    default void await(long position) {}
}
