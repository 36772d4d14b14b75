package io.gemproxy.server.usage;

import io.gemproxy.server.exchange.Attempt;
import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ProjectId;
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

/** Exchanges of a second each, for the ledger. */
final class LedgerExchanges {
    private static final PriceTable PRICES = PriceTable.shipped();

    private LedgerExchanges() {}

    /** Answered, with so many prompt tokens and nothing else. */
    static FinishedExchange of(String client, String model, String key, Instant at, long prompt) {
        Attempt attempt =
                new Attempt(
                        new KeyId(key),
                        new ProjectId("p"),
                        new AttemptOutcome.Succeeded(),
                        Duration.ofMillis(1));
        return of(client, model, at, List.of(attempt), prompt);
    }

    /** Ended before a key was lent. */
    static FinishedExchange refused(String client, Instant at) {
        return of(client, "gemini-2.5-flash", at, List.of(), 0);
    }

    private static FinishedExchange of(
            String client, String model, Instant at, List<Attempt> attempts, long prompt) {
        Exchange exchange =
                new Exchange(
                        new RequestId("01JC0000000000000000000000"),
                        Optional.empty(),
                        at,
                        0,
                        "POST",
                        new GeminiTarget(
                                "/v1beta/models/" + model + ":generateContent",
                                Dialect.NATIVE,
                                Operation.GENERATE,
                                Optional.of(new ModelName(model)),
                                Optional.empty()),
                        "192.0.2.7",
                        Optional.empty());
        Optional<TokenUsage> usage =
                attempts.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new TokenUsage(prompt, 0, 0, 0, 0, prompt));
        return new FinishedExchange(
                exchange,
                Optional.of(new ClientId(client)),
                Result.SUCCESS,
                200,
                OptionalInt.of(200),
                List.of(),
                attempts,
                false,
                Optional.empty(),
                Duration.ofSeconds(1),
                Duration.ZERO,
                0,
                0,
                usage,
                usage.map(it -> PRICES.cost(exchange, it)),
                Optional.empty(),
                Optional.empty());
    }
}
