package io.gemproxy.server.ratelimit;

import java.util.OptionalLong;

/**
 * Limits on clients; an empty one does not limit.
 *
 * @param requestsPerMinute of a client whose credential names no own limit ({@code
 *     auth.rate_limit_per_minute})
 * @param tokensPerMinute of such a client
 * @param requestsPerDay of such a client, on a day of UTC
 * @param addressRequestsPerMinute of all requests from one address
 * @param addressFailuresPerMinute of credentials from one address that do not hold
 * @param globalRequestsPerMinute of all clients together
 * @param globalTokensPerMinute of all clients together
 * @param unpricedAllowed whether a client with a limit in dollars may call a model whose price is
 *     not known
 */
public record RateLimitConfig(
        OptionalLong requestsPerMinute,
        OptionalLong tokensPerMinute,
        OptionalLong requestsPerDay,
        OptionalLong addressRequestsPerMinute,
        OptionalLong addressFailuresPerMinute,
        OptionalLong globalRequestsPerMinute,
        OptionalLong globalTokensPerMinute,
        boolean unpricedAllowed) {
    /** No limit at all. */
    public static final RateLimitConfig NONE = ofRequestsPerMinute(OptionalLong.empty());

    /** Only a limit of requests per minute for each client. */
    public static RateLimitConfig ofRequestsPerMinute(OptionalLong limit) {
        return new RateLimitConfig(
                limit,
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                false);
    }
}
