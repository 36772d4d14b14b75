package io.gemproxy.server.ratelimit;

import java.util.OptionalInt;

/**
 * Limits on clients.
 *
 * @param requestsPerMinute for a client whose token names no own limit ({@code
 *     auth.rate_limit_per_minute}); empty: none
 */
public record RateLimitConfig(OptionalInt requestsPerMinute) {}
