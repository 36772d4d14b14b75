package io.gemproxy.server.proxy;

import io.gemproxy.server.gemini.TokenUsage;
import io.gemproxy.server.keys.KeyLease;
import io.gemproxy.server.usage.PriceTable;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** What a finished answer costs the project that gave it, as far as the prices are known. */
final class AnswerCosts {
    private final PriceTable prices;
    private final InstantSource clock;

    AnswerCosts(PriceTable prices, InstantSource clock) {
        this.prices = prices;
        this.clock = clock;
    }

    /** Millionths of a US dollar; 0 where the answer counts no tokens or its model has no price. */
    long microdollars(KeyLease lease, Optional<TokenUsage> usage) {
        if (usage.isEmpty() || lease.model().isEmpty()) {
            return 0;
        }
        LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return prices.microdollars(lease.model().get(), day, usage.get()).orElse(0);
    }
}
