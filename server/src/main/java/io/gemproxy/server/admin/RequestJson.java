package io.gemproxy.server.admin;

import io.gemproxy.server.exchange.Attempt;
import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.LendingTrace;
import io.gemproxy.server.exchange.PassedOver;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.exchange.SkippedKeys;
import io.gemproxy.server.explanation.RequestTrace;
import io.gemproxy.server.gemini.ModelName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** A finished request as {@code /api/requests/{id}} explains it. Durations are milliseconds. */
record RequestJson(
        String requestId,
        Instant startedAt,
        String operation,
        Optional<String> model,
        Optional<String> client,
        String result,
        int status,
        OptionalInt upstreamStatus,
        Optional<String> errorReason,
        double durationMs,
        double overheadMs,
        List<Lending> lendings,
        List<Try> attempts) {
    static RequestJson of(RequestTrace trace) {
        return new RequestJson(
                trace.id().value(),
                trace.startedAt(),
                trace.operation().label(),
                trace.model().map(ModelName::value),
                trace.client().map(ClientId::value),
                trace.result().word(),
                trace.status(),
                trace.upstreamStatus(),
                trace.errorReason(),
                millis(trace.duration()),
                millis(trace.overhead()),
                trace.lendings().stream().map(Lending::of).toList(),
                trace.attempts().stream().map(Try::of).toList());
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1_000_000.0;
    }

    /** One wish for a key and the pool's answer. */
    record Lending(
            double afterMs,
            double waitedMs,
            Optional<String> project,
            Optional<String> onlyKey,
            Optional<String> lent,
            Optional<String> refusal,
            OptionalDouble retryAfterMs,
            int candidates,
            List<Skipped> skipped,
            List<SkippedKeys.Count> moreSkipped) {
        static Lending of(LendingTrace trace) {
            return new Lending(
                    millis(trace.after()),
                    millis(trace.pause()),
                    trace.project().map(ProjectId::value),
                    trace.only().map(KeyId::value),
                    trace.lent().map(KeyId::value),
                    trace.refusal(),
                    trace.retryAfter()
                            .map(wait -> OptionalDouble.of(millis(wait)))
                            .orElse(OptionalDouble.empty()),
                    trace.candidates(),
                    trace.passedOver().named().stream().map(Skipped::of).toList(),
                    trace.passedOver().more());
        }
    }

    /** A key that could not serve, and why. */
    record Skipped(String keyId, String reason, Optional<Instant> until) {
        static Skipped of(PassedOver key) {
            return new Skipped(key.key().value(), key.reason(), key.until());
        }
    }

    /** One try with one key. */
    record Try(String keyId, String project, String outcome, String reason, double tookMs) {
        static Try of(Attempt attempt) {
            return new Try(
                    attempt.key().value(),
                    attempt.project().value(),
                    attempt.outcome().label(),
                    attempt.outcome().reason(),
                    millis(attempt.took()));
        }
    }
}
