package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.AttemptOutcome;

/** Whom an outcome is held against, for health and breaker. */
enum Blame {
    /** It worked. */
    NONE,
    /** Key or project, for a reason that a block says. */
    KEY_OR_PROJECT,
    /** Perhaps the key: nobody knows. */
    UNKNOWN,
    /** The connection broke: held against the key only if it happens again and again. */
    CONNECTION,
    /** The client, the model, our address: no key. */
    ELSEWHERE;

    static Blame of(AttemptOutcome outcome) {
        return switch (outcome) {
            case AttemptOutcome.Succeeded _ -> NONE;
            case AttemptOutcome.KeyRefused _,
                    AttemptOutcome.ProjectRefused _,
                    AttemptOutcome.QuotaExceeded _ ->
                    KEY_OR_PROJECT;
            case AttemptOutcome.ServerFault _ -> UNKNOWN;
            case AttemptOutcome.Unreachable fault ->
                    fault.fault().equals("timeout") ? ELSEWHERE : CONNECTION;
            case AttemptOutcome.ClientFault _,
                    AttemptOutcome.ResourceUnknown _,
                    AttemptOutcome.ModelWithheld _,
                    AttemptOutcome.Overloaded _,
                    AttemptOutcome.EgressRefused _,
                    AttemptOutcome.Abandoned _ ->
                    ELSEWHERE;
        };
    }
}
