package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.AttemptOutcome;

/** Whether another attempt may help after an outcome, and who pays for it. */
enum RetryRule {
    /** Nothing would change: the model is overloaded, the client is wrong, the answer is there. */
    NEVER,
    /** Key or project is to blame, so another one serves; the budget is not charged. */
    ELSEWHERE,
    /** Nobody knows why; a few times per request, and the budget is charged. */
    CHARGED;

    static RetryRule of(AttemptOutcome outcome, boolean repeatable) {
        return switch (outcome) {
            case AttemptOutcome.KeyRefused _,
                    AttemptOutcome.ProjectRefused _,
                    AttemptOutcome.ModelWithheld _,
                    AttemptOutcome.QuotaExceeded _ ->
                    ELSEWHERE;
            case AttemptOutcome.Unreachable fault ->
                    !fault.fault().equals("timeout") && (!fault.mayHaveActed() || repeatable)
                            ? CHARGED
                            : NEVER;
            case AttemptOutcome.ServerFault fault ->
                    fault.status() == 500 && repeatable ? CHARGED : NEVER;
            case AttemptOutcome.Succeeded _,
                    AttemptOutcome.ClientFault _,
                    AttemptOutcome.ResourceUnknown _,
                    AttemptOutcome.Overloaded _,
                    AttemptOutcome.EgressRefused _,
                    AttemptOutcome.Abandoned _ ->
                    NEVER;
        };
    }

    /** Whether the outcome binds all keys of the project. */
    static boolean bindsTheProject(AttemptOutcome outcome) {
        return outcome instanceof AttemptOutcome.ProjectRefused
                || outcome instanceof AttemptOutcome.ModelWithheld
                || outcome instanceof AttemptOutcome.QuotaExceeded;
    }
}
