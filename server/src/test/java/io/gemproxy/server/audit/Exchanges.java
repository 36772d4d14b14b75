package io.gemproxy.server.audit;

import io.gemproxy.server.exchange.Attempt;
import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.Cost;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.exchange.Result;
import io.gemproxy.server.gemini.Dialect;
import io.gemproxy.server.gemini.GeminiTarget;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.gemini.TokenUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Exchanges as tests need them. */
final class Exchanges {
    static final Instant START = Instant.parse("2026-11-21T08:00:00.100Z");

    private Exchanges() {}

    static Exchange exchange(String id, String agent) {
        return new Exchange(
                new RequestId(id),
                Optional.of("mine-1"),
                START,
                0,
                "POST",
                new GeminiTarget(
                        "/v1beta/models/gemini-2.5-flash:generateContent",
                        Dialect.NATIVE,
                        Operation.GENERATE,
                        Optional.of(new ModelName("gemini-2.5-flash")),
                        Optional.empty()),
                "192.0.2.7",
                Optional.of(agent));
    }

    static FinishedExchange call(String id) {
        return finished(exchange(id, "genai/1.0"), Optional.empty(), Result.SUCCESS);
    }

    static FinishedExchange rejected(String id, Rejection rejection) {
        return new FinishedExchange(
                exchange(id, "genai/1.0"),
                Optional.empty(),
                Result.FAILURE,
                rejection.status(),
                OptionalInt.empty(),
                List.of(),
                List.of(),
                false,
                Optional.empty(),
                Duration.ofNanos(1_500_999),
                Duration.ZERO,
                0,
                210,
                Optional.empty(),
                Optional.empty(),
                Optional.of(rejection),
                Optional.empty());
    }

    static FinishedExchange finished(
            Exchange exchange, Optional<String> errorReason, Result result) {
        return finished(exchange, errorReason, result, Optional.empty());
    }

    static FinishedExchange costing(Cost cost) {
        return finished(
                exchange("01A", "genai/1.0"), Optional.empty(), Result.SUCCESS, Optional.of(cost));
    }

    private static FinishedExchange finished(
            Exchange exchange, Optional<String> errorReason, Result result, Optional<Cost> cost) {
        return new FinishedExchange(
                exchange,
                Optional.of(new ClientId("alice")),
                result,
                200,
                OptionalInt.of(200),
                List.of(),
                List.of(
                        attempt("spare", new AttemptOutcome.Unreachable("reset", false), 3),
                        attempt("primary", new AttemptOutcome.Succeeded(), 240)),
                true,
                Optional.of(Duration.ofMillis(250)),
                Duration.ofMillis(900),
                Duration.ofMillis(1),
                512,
                1024,
                Optional.of(new TokenUsage(10, 2, 20, 5, 1, 36)),
                cost,
                Optional.empty(),
                errorReason);
    }

    private static Attempt attempt(String key, AttemptOutcome outcome, long millis) {
        return new Attempt(
                new KeyId(key), new ProjectId("p-" + key), outcome, Duration.ofMillis(millis));
    }
}
