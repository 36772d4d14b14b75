package io.gemproxy.server.ratelimit.budget;

import java.time.Instant;

/** Something that must survive a restart. */
public sealed interface BudgetChange {
    /** An account is like this now. */
    record Taken(KeptAccount account) implements BudgetChange {}

    /** A batch was charged when it was made. */
    record Advanced(String batch, Advance advance) implements BudgetChange {}

    /** What a batch used is known, and charged in the place of that. */
    record Settled(String batch) implements BudgetChange {}

    /** From that moment on no total is known. */
    record Damaged(Instant at) implements BudgetChange {}

    /** Whatever was damaged, all totals are known again. */
    record Trusted() implements BudgetChange {}
}
