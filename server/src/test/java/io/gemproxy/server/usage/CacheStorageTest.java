package io.gemproxy.server.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.Cost;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.gemini.GeminiTargets;
import io.gemproxy.server.gemini.TokenUsage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an explicit cache costs: tokens, times hours, times the price. */
final class CacheStorageTest {
    private static final PriceTable PRICES = PriceTable.shipped();

    private static UsageTap tap(String method, String path) {
        Exchange exchange =
                new Exchange(
                        new RequestId("01JC0000000000000000000000"),
                        Optional.empty(),
                        Instant.parse("2026-11-21T12:00:00Z"),
                        0,
                        method,
                        GeminiTargets.parse(method, "/v1beta/" + path).orElseThrow(),
                        "192.0.2.7",
                        Optional.empty());
        return UsageTap.of(exchange, PRICES, "");
    }

    private static String cache(String model, long tokens, String expires) {
        return "{\"name\":\"cachedContents/c1\",\"model\":\"models/"
                + model
                + "\",\"displayName\":\"{\\\"expireTime\\\":\\\"2036-11-21T12:00:00Z\\\"}\","
                + "\"createTime\":\"2026-11-21T12:00:00.500Z\",\"expireTime\":\""
                + expires
                + "\",\"usageMetadata\":{\"totalTokenCount\":"
                + tokens
                + ",\"textCount\":7}}";
    }

    private static Optional<Cost> cost(UsageTap tap, String answer) {
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        for (byte one : bytes) {
            tap.write(new byte[] {one}, 0, 1);
        }
        Optional<TokenUsage> usage = tap.finish();
        assertEquals(tap.cost().isPresent(), usage.isPresent());
        assertEquals(0, usage.map(TokenUsage::sum).orElse(0L), "stored tokens are not a prompt");
        return tap.cost();
    }

    @Test
    void aMillionTokensOfFlashCostADollarAnHour() {
        UsageTap tap = tap("POST", "cachedContents");
        String answer = cache("gemini-2.5-flash", 1_000_000, "2026-11-21T14:30:00.500Z");
        assertEquals(2_500_000_000_000L, cost(tap, answer).orElseThrow().picodollars());
        assertEquals(Optional.of("cachedContents/c1"), tap.subject());
        assertEquals("gemini-2.5-flash", tap.model().orElseThrow().value());
    }

    @Test
    void aModelWithoutAPriceForItIsUnpriced() {
        String answer = cache("gemini-nobody-knows", 5_000, "2026-11-21T13:00:00Z");
        Cost cost = cost(tap("POST", "cachedContents"), answer).orElseThrow();
        assertTrue(cost.unpriced());
        assertEquals(0, cost.picodollars());
    }

    @Test
    void whatCannotBeReadOrIsOnlyLookedAtCostsNothing() {
        String good = cache("gemini-2.5-flash", 5_000, "2026-11-21T13:00:00Z");
        assertTrue(cost(tap("PATCH", "cachedContents/c1"), good).isPresent());
        assertTrue(cost(tap("GET", "cachedContents/c1"), good).isEmpty());
        assertTrue(cost(tap("DELETE", "cachedContents/c1"), "{}").isEmpty());
        for (String bad :
                new String[] {
                    "", "[]", "{", "{\"name\":\"cachedContents/c1\"}", good.replace("13:00", "x")
                }) {
            assertTrue(cost(tap("POST", "cachedContents"), bad).isEmpty(), bad);
        }
    }

    @Test
    void noNumberIsTooLarge() {
        String answer = cache("gemini-2.5-pro", Long.MAX_VALUE, "+999999-11-21T13:00:00Z");
        Cost cost = cost(tap("POST", "cachedContents"), answer).orElseThrow();
        assertEquals(1_000_000_000_000_000_000L, cost.picodollars());
        String past = cache("gemini-2.5-pro", 5_000, "2026-11-20T13:00:00Z");
        assertEquals(0, cost(tap("PATCH", "cachedContents/c1"), past).orElseThrow().picodollars());
    }
}
