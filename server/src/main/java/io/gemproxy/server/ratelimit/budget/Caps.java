package io.gemproxy.server.ratelimit.budget;

import io.gemproxy.server.exchange.Budget;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;

/**
 * The most that may be taken in one period; what is empty is not limited.
 *
 * @param scope by whom, and of which period
 */
record Caps(Scope scope, OptionalLong requests, OptionalLong tokens, OptionalLong picodollars) {
    /** A cap is written ahead by this part of it. */
    private static final int SLICES = 100;

    private static final int PICODOLLARS = 12;

    static Caps of(Scope scope, OptionalLong requests, Budget budget) {
        return new Caps(
                scope,
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

    private static long slice(OptionalLong cap) {
        return cap.isPresent() ? cap.getAsLong() / SLICES + 1 : 0;
    }

    /** Downwards, and at most what a long holds: nine million dollars. */
    private static long picodollars(BigDecimal usd) {
        BigDecimal exact = usd.movePointRight(PICODOLLARS).setScale(0, RoundingMode.DOWN);
        return exact.min(BigDecimal.valueOf(Long.MAX_VALUE / 2)).longValueExact();
    }
}
