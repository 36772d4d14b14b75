package io.gemproxy.server.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.exchange.Result;
import io.gemproxy.server.gemini.Dialect;
import io.gemproxy.server.gemini.GeminiTarget;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.gemini.TokenUsage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheSavingsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final CacheSavings savings = new CacheSavings(PriceTable.shipped());

    private static FinishedExchange exchange(
            String client, String model, Instant at, long prompt, long cached) {
        return new FinishedExchange(
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
                        Optional.empty()),
                Optional.of(new ClientId(client)),
                Result.SUCCESS,
                200,
                OptionalInt.of(200),
                List.of(),
                List.of(),
                false,
                Optional.empty(),
                Duration.ZERO,
                Duration.ZERO,
                0,
                0,
                Optional.of(new TokenUsage(prompt, cached, 1, 0, 0, prompt + 1)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The prices of 2026-08-24: input less cached input, for a million tokens. */
    @ParameterizedTest
    @CsvSource({
        "gemini-2.5-flash, 2026-11-21, 1000, 0.27",
        "gemini-2.5-flash-lite, 2026-11-21, 1000, 0.09",
        "gemini-2.5-flash-001, 2026-11-21, 1000, 0.27",
        "gemini-2.5-flash-preview-09-2025, 2026-11-21, 1000, 0.27",
        "gemini-2.5-pro, 2026-11-21, 200000, 1.125",
        "gemini-2.5-pro, 2026-11-21, 200001, 2.25",
        "gemini-3.1-pro-preview, 2026-11-21, 300000, 3.6",
        "gemini-3.6-flash, 2026-12-31, 1000, 0.675",
        "gemini-3.6-flash, 2027-01-01, 1000, 1.35",
    })
    void aMillionCachedTokensSaveTheDifferenceOfThePrices(
            String model, LocalDate day, long prompt, BigDecimal dollars) {
        Instant at = Instant.parse(day + "T12:00:00Z");
        long requests = 1_000_000 / 1_000;
        for (int i = 0; i < requests; i++) {
            savings.finished(exchange("alice", model, at, prompt, 1_000));
        }
        CacheSaving saving = savings.read().getFirst();
        assertEquals(0, dollars.compareTo(saving.savedUsd()), saving.toString());
        assertEquals(requests, saving.requests());
        assertEquals(prompt * requests, saving.promptTokens());
        assertEquals(dollars.doubleValue(), savings.savedUsd(), 1e-9);
    }

    @ParameterizedTest
    @CsvSource({"gemini-9-ultra", "gemini-2.5-flash-image", "tunedModels/mine"})
    void aModelWithoutPriceIsSaidToHaveNone(String model) {
        savings.finished(exchange("alice", model, NOW, 5_000, 4_000));
        CacheSaving saving = savings.read().getFirst();
        assertEquals(4_000, saving.unpricedCachedTokens());
        assertEquals(0, BigDecimal.ZERO.compareTo(saving.savedUsd()));
    }

    @Test
    void eachClientHasItsOwnSumsUpToABound() {
        savings.finished(exchange("bob", "gemini-2.5-flash", NOW, 100, 0));
        savings.finished(exchange("alice", "gemini-2.5-flash", NOW, 100, 100));
        assertEquals(
                List.of("alice", "bob"), savings.read().stream().map(CacheSaving::client).toList());
        for (int i = 0; i < 1_500; i++) {
            savings.finished(exchange("client-" + i, "gemini-2.5-flash", NOW, 10, 0));
        }
        List<CacheSaving> all = savings.read();
        assertEquals(1_001, all.size());
        assertTrue(all.stream().anyMatch(it -> it.client().equals(CacheSavings.OTHERS)));
        assertEquals(1_502, all.stream().mapToLong(CacheSaving::requests).sum());
    }
}
