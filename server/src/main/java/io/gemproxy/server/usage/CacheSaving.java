package io.gemproxy.server.usage;

import java.math.BigDecimal;

/**
 * What caching saved a client since the start.
 *
 * @param client its name; {@link CacheSavings#OTHERS} for all beyond the bound together
 * @param requests that stated token counts
 * @param promptTokens all input, cached or not
 * @param cachedTokens of them, read from a cache
 * @param unpricedCachedTokens of those, of models without a known price, which count as no saving
 * @param savedUsd US dollars: cached tokens at the price of uncached ones less their own
 */
public record CacheSaving(
        String client,
        long requests,
        long promptTokens,
        long cachedTokens,
        long unpricedCachedTokens,
        BigDecimal savedUsd) {}
