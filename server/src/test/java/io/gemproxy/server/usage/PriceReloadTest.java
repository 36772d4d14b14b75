package io.gemproxy.server.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.server.exchange.Cost;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.gemini.GeminiTargets;
import io.gemproxy.server.gemini.TokenUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A price list that is replaced while an answer is priced. */
final class PriceReloadTest {
    private static final PricesConfig SHIPPED = PricesConfig.shipped();
    private static final PricesConfig NEXT =
            new PricesConfig(
                    "next", SHIPPED.factors(), Map.of(), Map.of(), Map.of(), SHIPPED.indexing());
    private static final Exchange EXCHANGE =
            new Exchange(
                    new RequestId("01JC0000000000000000000000"),
                    Optional.empty(),
                    Instant.parse("2026-11-21T12:00:00Z"),
                    0,
                    "POST",
                    GeminiTargets.parse("POST", "/v1beta/models/gemini-2.5-flash:generateContent")
                            .orElseThrow(),
                    "192.0.2.7",
                    Optional.empty());

    private final PriceTable prices = new PriceTable(SHIPPED);

    /** The shipped list, which gives way to the next one as soon as somebody reads it. */
    private void loseTheListOnceItIsRead() {
        Map<String, String> aliases =
                new HashMap<>(SHIPPED.aliases()) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public String getOrDefault(Object name, String otherwise) {
                        prices.reconfigure(NEXT);
                        return super.getOrDefault(name, otherwise);
                    }
                };
        prices.reconfigure(
                new PricesConfig(
                        SHIPPED.version(),
                        SHIPPED.factors(),
                        SHIPPED.models(),
                        aliases,
                        SHIPPED.grounding(),
                        SHIPPED.indexing()));
    }

    @Test
    void anAnswerIsPricedByOneListAndNamesThatOne() {
        loseTheListOnceItIsRead();
        Cost cost = prices.cost(EXCHANGE, new TokenUsage(1_000, 0, 0, 0, 0, 1_000));
        assertEquals(new Cost(300_000_000, false, SHIPPED.version()), cost);
    }

    @Test
    void soIsTheStorageOfACache() {
        loseTheListOnceItIsRead();
        Cost cost =
                prices.storage(
                        EXCHANGE.target().model(),
                        EXCHANGE.startedAt(),
                        1_000_000,
                        Duration.ofHours(1));
        assertEquals(new Cost(1_000_000_000_000L, false, SHIPPED.version()), cost);
    }
}
