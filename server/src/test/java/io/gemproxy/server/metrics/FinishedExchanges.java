package io.gemproxy.server.metrics;

import io.gemproxy.server.exchange.Attempt;
import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.KeyFault;
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
import java.util.stream.Stream;

/** Exchanges as the proxy hands them on when they are over. */
public final class FinishedExchanges {
    public static final String REQUEST_ID = "01JC0000000000000000000000";

    private static final TokenUsage TOKENS = new TokenUsage(10, 4, 5, 2, 1, 18);

    private FinishedExchanges() {}

    public static FinishedExchange success(String model, Duration duration, String... keys) {
        return of(
                model,
                Result.SUCCESS,
                200,
                duration,
                attempts(new AttemptOutcome.Succeeded(), keys),
                Optional.empty(),
                Optional.of(TOKENS));
    }

    public static FinishedExchange failure(
            String model, int status, AttemptOutcome outcome, String... keys) {
        return of(
                model,
                Result.FAILURE,
                status,
                Duration.ofMillis(20),
                attempts(outcome, keys),
                Optional.empty(),
                Optional.empty());
    }

    public static FinishedExchange refused(String model, Rejection rejection) {
        return of(
                model,
                Result.DENIED,
                rejection.status(),
                Duration.ofMillis(1),
                List.of(),
                Optional.of(rejection),
                Optional.empty());
    }

    /** All keys but the last are refused; the last one's outcome is the given one. */
    private static List<Attempt> attempts(AttemptOutcome last, String... keys) {
        return Stream.of(keys)
                .map(key ->
                        new Attempt(
                                new KeyId(key),
                                new ProjectId("p"),
                                key.equals(keys[keys.length - 1])
                                        ? last
                                        : new AttemptOutcome.KeyRefused(KeyFault.API_KEY_INVALID),
                                Duration.ofMillis(5)))
                .toList();
    }

    private static FinishedExchange of(
            String model,
            Result result,
            int status,
            Duration duration,
            List<Attempt> attempts,
            Optional<Rejection> rejection,
            Optional<TokenUsage> tokens) {
        return new FinishedExchange(
                exchange(model),
                Optional.of(new ClientId("a-very-private-client")),
                result,
                status,
                attempts.isEmpty() ? OptionalInt.empty() : OptionalInt.of(status),
                List.of(),
                attempts,
                false,
                result == Result.SUCCESS ? Optional.of(duration.dividedBy(2)) : Optional.empty(),
                duration,
                Duration.ofNanos(300_000),
                100,
                1000,
                tokens,
                Optional.empty(),
                rejection,
                Optional.empty());
    }

    private static Exchange exchange(String model) {
        return new Exchange(
                new RequestId(REQUEST_ID),
                Optional.empty(),
                Instant.EPOCH,
                0,
                "POST",
                new GeminiTarget(
                        "/v1beta/models/" + model + ":generateContent",
                        Dialect.NATIVE,
                        Operation.GENERATE,
                        Optional.of(new ModelName(model)),
                        Optional.empty()),
                "192.0.2.7",
                Optional.of("sdk"));
    }
}
