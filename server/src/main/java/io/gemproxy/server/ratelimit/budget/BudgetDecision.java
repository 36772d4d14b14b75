package io.gemproxy.server.ratelimit.budget;

import io.gemproxy.server.exchange.LimitPolicy;
import io.gemproxy.server.ratelimit.Allowance;
import java.time.Duration;
import java.util.List;

/** Whether something may be spent now. */
public sealed interface BudgetDecision {
    /**
     * It is reserved.
     *
     * @param hold to be settled once
     * @param allowances what is left of each cap
     */
    record Granted(BudgetHold hold, List<Allowance> allowances) implements BudgetDecision {
        /** Of a client without caps. */
        static final Granted FREELY = new Granted(BudgetHold.NONE, List.of());
    }

    /**
     * It does not fit.
     *
     * @param allowance of the cap that stands against it
     * @param retryAfter the end of the period, or a second where a request that still runs may give
     *     enough back
     */
    record Exceeded(Allowance allowance, Duration retryAfter) implements BudgetDecision {}

    /**
     * It is more than the whole cap, so that no wait would help.
     *
     * @param wanted in the cap's unit; picodollars for dollars
     */
    record NeverFits(LimitPolicy policy, long wanted) implements BudgetDecision {}

    /**
     * What was taken in this period is not known, since its record was damaged.
     *
     * @param scope by whom
     * @param retryAfter until the period is over
     */
    record Unknown(Scope scope, Duration retryAfter) implements BudgetDecision {}
}
