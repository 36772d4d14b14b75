package io.gemproxy.server.usage;

import io.gemproxy.server.gemini.TokenUsage;
import java.time.LocalDate;

/**
 * What tokens of a model cost in one time, in trillionths of a US dollar per token.
 *
 * @param from its first day
 * @param usual for most prompts
 * @param aboveTokens longer prompts cost {@code above}, all of their tokens
 */
record TokenPrice(LocalDate from, Rate usual, long aboveTokens, Rate above) {
    /** Picodollars per token, read anew or from a cache, or written. */
    record Rate(long input, long cached, long output) {}

    /** What the cache saves, in trillionths of a US dollar. */
    long saved(long promptTokens, long cachedTokens) {
        Rate rate = rate(promptTokens);
        return cachedTokens * (rate.input() - rate.cached());
    }

    /** What an answer costs, thoughts included, in trillionths of a US dollar. */
    long cost(TokenUsage tokens) {
        Rate rate = rate(tokens.prompt());
        long fresh = Math.max(0, tokens.prompt() - tokens.cached()) + tokens.toolUse();
        return fresh * rate.input()
                + tokens.cached() * rate.cached()
                + (tokens.candidates() + tokens.thoughts()) * rate.output();
    }

    private Rate rate(long promptTokens) {
        return promptTokens > aboveTokens ? above : usual;
    }
}
