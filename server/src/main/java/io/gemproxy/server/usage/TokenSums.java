package io.gemproxy.server.usage;

import io.gemproxy.server.gemini.ModalityTokens;
import io.gemproxy.server.gemini.TokenUsage;
import io.gemproxy.server.gemini.UsageDetail;

/**
 * Sums of token counts.
 *
 * @param prompt includes {@code cached}
 * @param cached read from a cache
 * @param candidates without thoughts
 * @param thoughts thinking
 * @param toolUse of tool results
 * @param total as Google states it
 * @param promptBy of the prompts, as far as modalities were stated
 * @param cachedBy of what came from caches
 * @param candidatesBy of the answers
 * @param toolUseBy of tool results
 * @param searches queries to Google Search
 * @param maps queries to Google Maps
 */
public record TokenSums(
        long prompt,
        long cached,
        long candidates,
        long thoughts,
        long toolUse,
        long total,
        ModalityTokens promptBy,
        ModalityTokens cachedBy,
        ModalityTokens candidatesBy,
        ModalityTokens toolUseBy,
        long searches,
        long maps) {
    /** None. */
    static final TokenSums NOTHING = of(TokenUsage.NOTHING);

    static TokenSums of(TokenUsage usage) {
        UsageDetail detail = usage.detail();
        return new TokenSums(
                usage.prompt(),
                usage.cached(),
                usage.candidates(),
                usage.thoughts(),
                usage.toolUse(),
                usage.total(),
                detail.prompt(),
                detail.cached(),
                detail.candidates(),
                detail.toolUse(),
                detail.searches(),
                detail.maps());
    }

    TokenSums plus(TokenSums more) {
        return new TokenSums(
                prompt + more.prompt,
                cached + more.cached,
                candidates + more.candidates,
                thoughts + more.thoughts,
                toolUse + more.toolUse,
                total + more.total,
                promptBy.plus(more.promptBy),
                cachedBy.plus(more.cachedBy),
                candidatesBy.plus(more.candidatesBy),
                toolUseBy.plus(more.toolUseBy),
                searches + more.searches,
                maps + more.maps);
    }
}
