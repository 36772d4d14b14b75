package io.gemproxy.server.ratelimit.budget;

import io.gemproxy.server.exchange.Budget;
import io.gemproxy.server.exchange.LimitPolicy;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;

/**
 * The most a client may take in one period; what is empty is not limited.
 *
 * @param span the period
 */
record Caps(Span span, OptionalLong requests, OptionalLong tokens, OptionalLong picodollars) {
    /** A cap is written ahead by this part of it. */
    private static final int SLICES = 100;

    private static final int PICODOLLARS = 12;

    static Caps of(Span span, OptionalLong requests, Budget budget) {
        return new Caps(
                span,
                requests,
                budget.tokens(),
                budget.usd().isPresent()
                        ? OptionalLong.of(picodollars(budget.usd().get()))
                        : OptionalLong.empty());
    }

    boolean any() {
        return requests.isPresent() || tokens.isPresent() || picodollars.isPresent();
    }

    /** What may be taken between two writes without a crash forgetting it. */
    Amounts slice() {
        return new Amounts(slice(requests), slice(tokens), slice(picodollars));
    }

    LimitPolicy tokenPolicy() {
        return span == Span.DAY ? LimitPolicy.DAILY_TOKENS : LimitPolicy.MONTHLY_TOKENS;
    }

    LimitPolicy costPolicy() {
        return span == Span.DAY ? LimitPolicy.DAILY_COST : LimitPolicy.MONTHLY_COST;
    }

    private static long slice(OptionalLong cap) {
        return cap.isPresent() ? cap.getAsLong() / SLICES + 1 : 0;
    }

    /** Downwards, and at most what a long holds: nine million dollars. */
    private static long picodollars(BigDecimal usd) {
        BigDecimal exact = usd.movePointRight(PICODOLLARS).setScale(0, RoundingMode.DOWN);
        return exact.min(BigDecimal.valueOf(Long.MAX_VALUE / 2)).longValueExact();
    }
}
