package io.gemproxy.server.admin;

import io.gemproxy.server.usage.CacheSaving;
import io.gemproxy.server.usage.CacheSavings;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Body of {@code /api/usage/cache}: since the start of the server. */
record CacheSavingsJson(String pricesAsOf, List<ClientJson> clients) {
    static CacheSavingsJson of(CacheSavings savings) {
        return new CacheSavingsJson(
                savings.pricesAsOf(), savings.read().stream().map(ClientJson::of).toList());
    }

    /** One client; the share is absent where it sent no prompt token. */
    record ClientJson(
            String client,
            long requests,
            long promptTokens,
            long cachedTokens,
            Optional<Double> cachedShare,
            long unpricedCachedTokens,
            BigDecimal savedUsd) {
        static ClientJson of(CacheSaving saving) {
            return new ClientJson(
                    saving.client(),
                    saving.requests(),
                    saving.promptTokens(),
                    saving.cachedTokens(),
                    share(saving),
                    saving.unpricedCachedTokens(),
                    saving.savedUsd());
        }

        private static Optional<Double> share(CacheSaving saving) {
            return saving.promptTokens() == 0
                    ? Optional.empty()
                    : Optional.of(saving.cachedTokens() / (double) saving.promptTokens());
        }
    }
}
