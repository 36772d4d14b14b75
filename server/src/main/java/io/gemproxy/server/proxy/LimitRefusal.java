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
                                    LimitRefusals.of(limited), List.of(limited.allowance())));
            case RateDecision.NeverFits never ->
                    Optional.of(
                            new LimitRefusal(LimitRefusals.of(never), List.of(never.allowance())));
        };
    }

    /** Empty if the request was admitted. */
    static Optional<LimitRefusal> of(BudgetDecision decision) {
        return switch (decision) {
            case BudgetDecision.Granted _ -> Optional.empty();
            case BudgetDecision.Exceeded exceeded ->
                    Optional.of(
                            new LimitRefusal(
                                    LimitRefusals.of(exceeded), List.of(exceeded.allowance())));
            case BudgetDecision.NeverFits never ->
                    Optional.of(new LimitRefusal(LimitRefusals.of(never), List.of()));
            case BudgetDecision.Unknown unknown ->
                    Optional.of(new LimitRefusal(LimitRefusals.of(unknown), List.of()));
        };
    }
}
