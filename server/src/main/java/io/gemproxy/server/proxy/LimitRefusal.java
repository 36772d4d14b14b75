package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.ratelimit.Allowance;
import io.gemproxy.server.ratelimit.RateDecision;
import io.gemproxy.server.ratelimit.budget.BudgetDecision;
import java.util.List;
import java.util.Optional;

/**
 * A limit stands against a request.
 *
 * @param against what is left of the limit, if that is known; at most one
 */
record LimitRefusal(Rejection rejection, List<Allowance> against) {
    /** Empty if the request was admitted. */
    static Optional<LimitRefusal> of(RateDecision decision) {
        return switch (decision) {
            case RateDecision.Admitted _ -> Optional.empty();
            case RateDecision.Limited limited ->
                    Optional.of(
                            new LimitRefusal(
                                    LimitRefusals.of(limited), List.of(told(limited.allowance()))));
            case RateDecision.NeverFits never ->
                    Optional.of(
                            new LimitRefusal(
                                    LimitRefusals.of(never), List.of(told(never.allowance()))));
        };
    }

    /** Of a limit that others use too nobody learns, by wishes it refuses, how much they use. */
    private static Allowance told(Allowance known) {
        return switch (known.policy()) {
            case ADDRESS,
                    ADDRESS_FAILURES,
                    ADDRESS_TOKENS,
                    ADDRESS_DAY,
                    ADDRESS_DAILY_TOKENS,
                    GLOBAL,
                    GLOBAL_TOKENS,
                    GLOBAL_DAY,
                    GLOBAL_DAILY_TOKENS ->
                    known.withNothingLeft();
            case CLIENT,
                    CLIENT_TOKENS,
                    CLIENT_DAY,
                    DAILY_TOKENS,
                    DAILY_COST,
                    MONTHLY_TOKENS,
                    MONTHLY_COST ->
                    known;
        };
    }

    /** Empty if the request was admitted. */
    static Optional<LimitRefusal> of(BudgetDecision decision) {
        return switch (decision) {
            case BudgetDecision.Granted _ -> Optional.empty();
            case BudgetDecision.Exceeded exceeded ->
                    Optional.of(
                            new LimitRefusal(
                                    LimitRefusals.of(exceeded),
                                    List.of(told(exceeded.allowance()))));
            case BudgetDecision.NeverFits never ->
                    Optional.of(new LimitRefusal(LimitRefusals.of(never), List.of()));
            case BudgetDecision.Unknown unknown ->
                    Optional.of(new LimitRefusal(LimitRefusals.of(unknown), List.of()));
        };
    }
}
