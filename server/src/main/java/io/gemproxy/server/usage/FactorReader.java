package io.gemproxy.server.usage;

import io.gemproxy.server.gemini.ServiceTier;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads {@code factors}. */
final class FactorReader {
    private static final List<ServiceTier> TIERS =
            List.of(ServiceTier.BATCH, ServiceTier.FLEX, ServiceTier.PRIORITY);

    private FactorReader() {}

    static TierFactors read(PriceFields fields) {
        Map<ServiceTier, BigDecimal> factors = new EnumMap<>(ServiceTier.class);
        for (ServiceTier tier : TIERS) {
            fields.amount(tier.word()).ifPresent(factor -> factors.put(tier, factor));
        }
        fields.end("batch, flex, priority");
        return new TierFactors(Map.copyOf(factors));
    }
}
