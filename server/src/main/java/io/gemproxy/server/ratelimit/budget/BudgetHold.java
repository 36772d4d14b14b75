package io.gemproxy.server.ratelimit.budget;

/** Something reserved. Settled at most once. */
@FunctionalInterface
public interface BudgetHold {
    /** Of a client without caps. */
    BudgetHold NONE = real -> {};

    /** Puts what was really taken in the place of what was reserved. */
    void settle(Amounts real);
}
