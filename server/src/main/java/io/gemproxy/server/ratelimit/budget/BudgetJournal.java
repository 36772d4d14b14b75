package io.gemproxy.server.ratelimit.budget;

/** Where changes go that must survive a crash. */
@FunctionalInterface
public interface BudgetJournal {
    /**
     * Takes a change; must not block.
     *
     * @return where it stands among all changes
     */
    long write(BudgetChange change);

    /**
     * Waits until a change and all before it are safe, for a moment at most. Nobody calls it with a
     * lock in hand.
     */
    default void await(long position) {}
}
