package io.gemproxy.server.ratelimit.budget;

import io.gemproxy.server.exchange.LimitPolicy;

/** Whose limits they are, and of which period. Only clients have limits in dollars. */
public enum Scope {
    /** A client's day. */
    CLIENT_DAY(Span.DAY, LimitPolicy.CLIENT_DAY, LimitPolicy.DAILY_TOKENS, LimitPolicy.DAILY_COST),
    /** A client's month, in which no requests are limited. */
    CLIENT_MONTH(
            Span.MONTH,
            LimitPolicy.CLIENT_DAY,
            LimitPolicy.MONTHLY_TOKENS,
            LimitPolicy.MONTHLY_COST),
    /** The day of an address. */
    ADDRESS_DAY(
            Span.DAY,
            LimitPolicy.ADDRESS_DAY,
            LimitPolicy.ADDRESS_DAILY_TOKENS,
            LimitPolicy.DAILY_COST),
    /** The day of all clients together. */
    ALL_DAY(
            Span.DAY,
            LimitPolicy.GLOBAL_DAY,
            LimitPolicy.GLOBAL_DAILY_TOKENS,
            LimitPolicy.DAILY_COST);

    private final Span span;
    private final LimitPolicy requests;
    private final LimitPolicy tokens;
    private final LimitPolicy cost;

    Scope(Span span, LimitPolicy requests, LimitPolicy tokens, LimitPolicy cost) {
        this.span = span;
        this.requests = requests;
        this.tokens = tokens;
        this.cost = cost;
    }

    /** The period. */
    public Span span() {
        return span;
    }

    LimitPolicy requests() {
        return requests;
    }

    LimitPolicy tokens() {
        return tokens;
    }

    LimitPolicy cost() {
        return cost;
    }
}
