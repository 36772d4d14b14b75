package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.keys.KeyLease;
import io.gemproxy.server.keys.LendingWish;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/** What one request has tried, and whether it goes on to another key. */
final class Failover {
    /** A request never tours a large pool: after this many keys the last answer is the answer. */
    private static final int MOST = 6;

    /** So many of them may be retries of which nobody knows whether they help. */
    private static final int MOST_CHARGED = 2;

    private final LendingWish first;
    private final RetryBudget budget;
    private final Set<KeyId> tried = new HashSet<>();
    private final Set<ProjectId> refusing = new HashSet<>();
    private RetryRule rule = RetryRule.NEVER;
    private int charged;

    /** A request's first attempt, which pays into the budget. */
    Failover(LendingWish first, RetryBudget budget) {
        this.first = first;
        this.budget = budget;
        budget.deposit();
    }

    /** What the next attempt wants. */
    LendingWish wish() {
        return first.without(tried, refusing);
    }

    /**
     * An attempt is over.
     *
     * @param repeatable whether asking again does no harm even if Google has acted
     */
    void tried(KeyLease lease, AttemptOutcome outcome, boolean repeatable) {
        tried.add(lease.key());
        if (RetryRule.bindsTheProject(outcome)) {
            refusing.add(lease.project());
        }
        rule = RetryRule.of(outcome, repeatable);
        charged += rule == RetryRule.CHARGED ? 1 : 0;
    }

    /** Which retry of unknown cause would come next, from 1; 0 if the next is none. */
    int nextBlindRetry() {
        return rule == RetryRule.CHARGED ? charged : 0;
    }

    /**
     * Whether another attempt is worth it; takes what it costs from the budget.
     *
     * @param canServe whether the pool has a key for a wish
     */
    boolean goesOn(Predicate<LendingWish> canServe) {
        return rule != RetryRule.NEVER
                && tried.size() < MOST
                && charged <= MOST_CHARGED
                && canServe.test(wish())
                && (rule == RetryRule.ELSEWHERE || budget.tryWithdraw());
    }
}
