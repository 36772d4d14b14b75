package io.gemproxy.server.ratelimit.budget;

import java.time.Instant;

/** Something that must survive a restart. */
public sealed interface BudgetChange {
    /** An account is like this now. */
    record Taken(KeptAccount account) implements BudgetChange {}

    /** From that moment on no total is known. */
    record Damaged(Instant at) implements BudgetChange {}

    /** Whatever was damaged, all totals are known again. */
    record Trusted() implements BudgetChange {}
}
