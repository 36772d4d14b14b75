package io.gemproxy.server.telemetry;

import io.gemproxy.server.exchange.Attempt;
import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.LendingTrace;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.exchange.Result;
import io.gemproxy.server.exchange.SkippedKeys;
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

/** Calls that succeed with the key they were lent 100 ms after their beginning. */
final class Told {
    private static final KeyId KEY = new KeyId("k");
    private static final Duration LENT = Duration.ofMillis(100);

    private Told() {}

    /**
     * @param first when the answer's first byte came
     * @param all how long it took in all
     */
    static FinishedExchange stream(TokenUsage used, Duration first, Duration all) {
        return of(Operation.STREAM_GENERATE, true, used, first, all);
    }

    static FinishedExchange whole(
            Operation operation, TokenUsage used, Duration first, Duration all) {
        return of(operation, false, used, first, all);
    }

    private static FinishedExchange of(
            Operation operation, boolean stream, TokenUsage used, Duration first, Duration all) {
        return new FinishedExchange(
                exchange(operation),
                Optional.empty(),
                Result.SUCCESS,
                200,
                OptionalInt.of(200),
                List.of(lending()),
                List.of(
                        new Attempt(
                                KEY,
                                new ProjectId("p"),
                                new AttemptOutcome.Succeeded(),
                                Duration.ofMillis(5))),
                stream,
                Optional.of(first),
                all,
                Duration.ofNanos(1),
                100,
                1_000,
                Optional.of(used),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static LendingTrace lending() {
        return new LendingTrace(
                LENT,
                Duration.ZERO,
                Optional.empty(),
                Optional.empty(),
                Optional.of(KEY),
                Optional.empty(),
                Optional.empty(),
                1,
                SkippedKeys.NONE);
    }

    private static Exchange exchange(Operation operation) {
        return new Exchange(
                new RequestId("01JC0000000000000000000000"),
                Optional.empty(),
                Instant.EPOCH,
                0,
                "POST",
                new GeminiTarget(
                        "/v1beta/models/m:any",
                        Dialect.NATIVE,
                        operation,
                        Optional.of(new ModelName("m")),
                        Optional.empty()),
                "192.0.2.7",
                Optional.empty());
    }
}
