package io.gemproxy.server.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.Cost;
import io.gemproxy.server.exchange.Estimate;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.gemini.BatchBound;
import io.gemproxy.server.gemini.Dialect;
import io.gemproxy.server.gemini.GeminiTarget;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.gemini.ServiceTier;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EstimateTest {
    private static final String FLASH = "gemini-2.5-flash";
    private static final PriceTable PRICES = PriceTable.shipped();

    private static Estimate of(
            PriceTable prices, Operation operation, String model, ServiceTier tier) {
        Exchange exchange =
                new Exchange(
                        new RequestId("01JC0000000000000000000000"),
                        Optional.empty(),
                        Instant.parse("2026-11-21T12:00:00Z"),
                        0,
                        "POST",
                        new GeminiTarget(
                                "/v1beta/x",
                                Dialect.NATIVE,
                                operation,
                                Optional.of(new ModelName(model)),
                                Optional.empty()),
                        "192.0.2.7",
                        Optional.empty());
        return prices.estimate(exchange, 1_000, OptionalLong.of(100), tier);
    }

    private static Estimate standard(Operation operation, String model) {
        return of(PRICES, operation, model, ServiceTier.STANDARD);
    }

    @Test
    void inputAndOutputHaveTheirOwnPrices() {
        Estimate estimate = standard(Operation.GENERATE, FLASH);
        assertEquals(new Estimate(1_000, 100, 300_000_000, 250_000_000, true), estimate);
        assertEquals(new Estimate(1_000, 0, 300_000_000, 0, true), estimate.prompt());
    }

    @Test
    void thePriorityTierIsDearerAndTheOthersMayBeServedAsStandard() {
        Estimate usual = standard(Operation.GENERATE, FLASH);
        Estimate dear = of(PRICES, Operation.GENERATE, FLASH, ServiceTier.PRIORITY);
        assertEquals(usual.picodollars() * 18 / 10, dear.picodollars());
        assertEquals(usual, of(PRICES, Operation.GENERATE, FLASH, ServiceTier.FLEX));
    }

    @Test
    void whatHasNoPriceIsToldFromWhatIsFree() {
        ModelPrice free =
                new ModelPrice(
                        java.time.LocalDate.MIN,
                        rates(),
                        Long.MAX_VALUE,
                        rates(),
                        OptionalLong.empty(),
                        OptionalLong.of(0),
                        Map.of());
        PricesConfig own =
                new PricesConfig(
                        "2026-11-01+own",
                        TierFactors.NONE,
                        Map.of("free", List.of(free)),
                        Map.of(),
                        Map.of(),
                        OptionalLong.empty());
        for (Operation operation : List.of(Operation.GENERATE, Operation.PREDICT)) {
            Estimate estimate = of(new PriceTable(own), operation, "free", ServiceTier.STANDARD);
            assertEquals(0, estimate.picodollars());
            assertTrue(estimate.priced());
            assertFalse(standard(operation, "gemini-nobody-knows").priced());
        }
    }

    private static Map<ServiceTier, TokenRates> rates() {
        Optional<ModalityRates> nothing = Optional.of(ModalityRates.flat(0));
        return Map.of(ServiceTier.STANDARD, new TokenRates(nothing, nothing, nothing));
    }

    @Test
    void onlyWhatIsUsedNeedsAPrice() {
        assertTrue(standard(Operation.EMBED, "gemini-embedding-001").priced());
        assertFalse(standard(Operation.GENERATE, "gemini-embedding-001").priced());
        assertFalse(standard(Operation.PREDICT, FLASH).priced());
        assertEquals(
                40_000_000_000L,
                standard(Operation.PREDICT, "imagen-4.0-generate-001").picodollars());
        assertEquals(
                3_200_000_000_000L,
                standard(Operation.PREDICT, "veo-3.1-generate-preview").picodollars());
        assertTrue(standard(Operation.COUNT_TOKENS, "gemini-nobody-knows").priced());
    }

    @Test
    void indexingCostsFifteenCentsForAMillionTokensByTheListThatComesWithThisVersion() {
        assertEquals(new Cost(150_000_000_000L, false, "2026-08-24"), PRICES.indexing(1_000_000));
        assertEquals(new Cost(150_000, false, "2026-08-24"), PRICES.indexing(1));
        PricesConfig shipped = PRICES.config();
        PriceTable silent =
                new PriceTable(
                        new PricesConfig(
                                "silent",
                                shipped.factors(),
                                shipped.models(),
                                shipped.aliases(),
                                shipped.grounding(),
                                OptionalLong.empty()));
        assertEquals(new Cost(0, true, "silent"), silent.indexing(1));
    }

    @Test
    void noFileMakesAPriceOfMoreThanALongHolds() {
        BatchBound most = new BatchBound(1L << 30, 1L << 37, 1L << 55);
        Exchange exchange = batch("gemini-2.5-pro");
        Estimate estimate = PRICES.batch(exchange, 1L << 38, most);
        assertTrue(estimate.inputPicodollars() > 0);
        assertEquals(1_000_000_000_000_000_000L, estimate.outputPicodollars());
        assertTrue(PRICES.indexing(Long.MAX_VALUE).picodollars() > 0);
    }

    private static Exchange batch(String model) {
        return new Exchange(
                new RequestId("01JC0000000000000000000000"),
                Optional.empty(),
                Instant.parse("2026-11-21T12:00:00Z"),
                0,
                "POST",
                new GeminiTarget(
                        "/v1beta/models/x:batchGenerateContent",
                        Dialect.NATIVE,
                        Operation.BATCH_CREATE,
                        Optional.of(new ModelName(model)),
                        Optional.empty()),
                "192.0.2.7",
                Optional.empty());
    }
}
