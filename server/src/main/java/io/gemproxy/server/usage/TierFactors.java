package io.gemproxy.server.usage;

import io.gemproxy.server.gemini.ServiceTier;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;

/** By what the prices of a tier differ from those of the standard one. */
record TierFactors(Map<ServiceTier, BigDecimal> of) {
    /** Each tier costs the same. */
    static final TierFactors NONE = new TierFactors(Map.of());

    BigDecimal factor(ServiceTier tier) {
        return of.getOrDefault(tier, BigDecimal.ONE);
    }

    /** These, and where the other ones say something, those. */
    TierFactors with(TierFactors other) {
        Map<ServiceTier, BigDecimal> all = new EnumMap<>(ServiceTier.class);
        all.putAll(of);
        all.putAll(other.of);
        return new TierFactors(Map.copyOf(all));
    }
}
