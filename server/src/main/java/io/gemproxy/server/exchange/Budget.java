package io.gemproxy.server.exchange;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a client may spend in a period.
 *
 * @param tokens all tokens, input and output; empty: no limit
 * @param usd US dollars; empty: no limit
 */
public record Budget(OptionalLong tokens, Optional<BigDecimal> usd) {
    /** No limit. */
    public static final Budget NONE = new Budget(OptionalLong.empty(), Optional.empty());

    /** Whether anything is limited. */
    public boolean isCapped() {
        return tokens.isPresent() || usd.isPresent();
    }

    /** Of each limit the lower. */
    public Budget strictest(Budget other) {
        return new Budget(
                Limits.lower(tokens, other.tokens),
                usd.isEmpty() || other.usd.isEmpty()
                        ? usd.or(other::usd)
                        : usd.map(mine -> mine.min(other.usd.get())));
    }
}
