package io.gemproxy.server.reload;

import java.time.Duration;
import java.time.Instant;

/**
 * A reload that is over.
 *
 * @param cause why it was made
 * @param at when it began
 * @param took how long it took
 * @param outcome what came of it
 */
public record FinishedReload(ReloadCause cause, Instant at, Duration took, ReloadOutcome outcome) {
    /** {@code applied}, {@code partial}, {@code unchanged} or {@code rejected}. */
    public String result() {
        return switch (outcome) {
            case ReloadOutcome.Applied _ -> "applied";
            case ReloadOutcome.Partial _ -> "partial";
            case ReloadOutcome.Unchanged _ -> "unchanged";
            case ReloadOutcome.Rejected _ -> "rejected";
        };
    }
}
