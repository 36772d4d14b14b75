package io.gemproxy.server.usage;

import java.time.LocalDate;

/**
 * What input tokens of a model cost in one time, in trillionths of a US dollar per token.
 *
 * @param from its first day
 * @param usual for most prompts
 * @param aboveTokens longer prompts cost {@code above}, all of their tokens
 */
record InputPrice(LocalDate from, Rate usual, long aboveTokens, Rate above) {
    /** Picodollars per token, read anew or from a cache. */
    record Rate(long input, long cached) {}

    /** What the cache saves, in trillionths of a US dollar. */
    long saved(long promptTokens, long cachedTokens) {
        Rate rate = promptTokens > aboveTokens ? above : usual;
        return cachedTokens * (rate.input() - rate.cached());
    }
}
