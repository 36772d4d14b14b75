package io.gemproxy.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.Cost;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.gemini.Dialect;
import io.gemproxy.server.gemini.GeminiTarget;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.gemini.TokenUsage;
import io.gemproxy.server.usage.PriceTable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operator's own prices. */
class PricesFileTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir private Path directory;

    @Test
    void ownPricesReplaceThoseOfTheirModelsOnly() throws IOException {
        PriceTable prices =
                prices(
                        """
                        as_of: 2026-11-01
                        aliases: {our-flash: gemini-2.5-flash}
                        models:
                          gemini-2.5-flash:
                            - {input: 0.01, output: 0.02}
                          tunedModels/mine:
                            - {input: 1.00, output: 2.00}
                        """);
        assertEquals("2026-11-01+own", prices.version());
        assertEquals("0.030000", usd(prices, "gemini-2.5-flash"));
        assertEquals("0.030000", usd(prices, "our-flash"));
        assertEquals("3.000000", usd(prices, "tunedModels/mine"));
        assertEquals("11.250000", usd(prices, "gemini-2.5-pro"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "models: {m: [{input: cheap}]} | 2:22 | models.m[0].input",
                "models: {m: [{input: -1}]} | 2:22 | models.m[0].input",
                "models: {m: [{input: 1001}]} | 2:22 | models.m[0].input",
                "models: {m: [{input: 1, outputs: 2}]} | 2:34 | models.m[0].outputs",
                "models: {m: [{output: 2}]} | 2:14 | models.m[0].input",
                "models: {m: {input: 2}} | 2:13 | models.m",
                "models: {m: [{input: 1}, {input: 2}]} | 2:26 | models.m[1].from",
                "models: {m: [{from: soon, input: 2}]} | 2:21 | models.m[0].from",
                "models: {m: [{input: 1, input: 2}]} | 2:25 | models.m[0].input",
                "models: {m: [{input: {smell: 1}}]} | 2:30 | models.m[0].input.smell",
                "models: {m: [{input: 1, above: {input: 2}}]} | 2:14 |"
                        + " models.m[0].above.prompt_tokens",
                "models: {m: [{input: 0.0000001}]} | 2:14 | models.m[0]",
                "factors: {lunch: 0.5} | 2:18 | factors.lunch",
                "prices: {} | 2:9 | prices",
            })
    void aFaultIsFoundWithItsPlace(String line, String place, String key) throws IOException {
        ConfigResult result = load("as_of: 2026-11-01\n" + line + "\n");
        List<Finding> findings =
                assertInstanceOf(ConfigResult.InvalidConfig.class, result).findings().stream()
                        .filter(it -> it.rule() == Rule.PRICE_LIST)
                        .toList();
        assertEquals(1, findings.size(), findings.toString());
        assertEquals("prices.yaml:" + place, findings.getFirst().place().toString());
        assertEquals(key, findings.getFirst().key());
    }

    @Test
    void aListWithoutItsDayOrWithoutAFileIsNoList() throws IOException {
        ConfigResult result = load("models: {}\n");
        assertTrue(result.findings().stream().anyMatch(it -> it.key().equals("as_of")));
        Files.delete(directory.resolve("prices.yaml"));
        ConfigResult missing = loadWithout();
        assertTrue(missing.findings().stream().anyMatch(it -> it.rule() == Rule.NO_FILE));
    }

    private PriceTable prices(String text) throws IOException {
        ConfigResult result = load(text);
        GemproxyConfig config = Loads.sound(result);
        return new PriceTable(config.usage().prices());
    }

    private ConfigResult load(String prices) throws IOException {
        Files.writeString(directory.resolve("prices.yaml"), prices);
        return loadWithout();
    }

    private ConfigResult loadWithout() {
        return Loads.in(
                directory,
                "server: {tls: {enabled: false}, host: 127.0.0.1}\n"
                        + "usage: {prices_file: prices.yaml}\n",
                Map.of());
    }

    /** A million tokens in, a million out, in several answers. */
    private static String usd(PriceTable prices, String model) {
        Exchange exchange =
                new Exchange(
                        new RequestId("01JC0000000000000000000000"),
                        Optional.empty(),
                        NOW,
                        0,
                        "POST",
                        new GeminiTarget(
                                "/v1beta/x",
                                Dialect.NATIVE,
                                Operation.GENERATE,
                                Optional.of(new ModelName(model)),
                                Optional.empty()),
                        "192.0.2.7",
                        Optional.empty());
        TokenUsage tenth = new TokenUsage(100_000, 0, 100_000, 0, 0, 200_000);
        long ten = 10 * prices.cost(exchange, tenth).picodollars();
        return Cost.usd(BigDecimal.valueOf(ten, 12)).toPlainString();
    }
}
