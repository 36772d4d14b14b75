package io.gemproxy.server.ratelimit;

import java.util.OptionalLong;

/**
 * Limits on clients, on addresses and on all clients together.
 *
 * @param client of a client whose credential names no own limit; its requests a minute are {@code
 *     auth.rate_limit_per_minute}
 * @param address of all requests from one address
 * @param all of all clients together
 * @param addressFailuresPerMinute of credentials from one address that do not hold; empty: no limit
 * @param unpricedAllowed whether a client with a limit in dollars may call a model whose price is
 *     not known
 */
public record RateLimitConfig(
        Rates client,
        Rates address,
        Rates all,
        OptionalLong addressFailuresPerMinute,
        boolean unpricedAllowed) {
    /** No limit at all. */
    public static final RateLimitConfig NONE = ofClients(Rates.NONE);

    /** Only limits on each client. */
    public static RateLimitConfig ofClients(Rates client) {
        return new RateLimitConfig(client, Rates.NONE, Rates.NONE, OptionalLong.empty(), false);
    }

    /** Only limits on each address. */
    public static RateLimitConfig ofAddresses(Rates address, OptionalLong failuresPerMinute) {
        return new RateLimitConfig(Rates.NONE, address, Rates.NONE, failuresPerMinute, false);
    }

    /** Only limits on all clients together. */
    public static RateLimitConfig ofAll(Rates all) {
        return new RateLimitConfig(Rates.NONE, Rates.NONE, all, OptionalLong.empty(), false);
    }

    /**
     * The limits of one subject; an empty one does not limit. Days are days of UTC.
     *
     * @param tokensPerMinute input and output
     * @param tokensPerDay input and output
     */
    public record Rates(
            OptionalLong requestsPerMinute,
            OptionalLong tokensPerMinute,
            OptionalLong requestsPerDay,
            OptionalLong tokensPerDay) {
        /** No limit. */
        public static final Rates NONE = ofMinute(OptionalLong.empty(), OptionalLong.empty());

        /** Limits of a minute only. */
        public static Rates ofMinute(OptionalLong requests, OptionalLong tokens) {
            return new Rates(requests, tokens, OptionalLong.empty(), OptionalLong.empty());
        }

        /** Limits of a day only. */
        public static Rates ofDay(OptionalLong requests, OptionalLong tokens) {
            return new Rates(OptionalLong.empty(), OptionalLong.empty(), requests, tokens);
        }
    }
}
