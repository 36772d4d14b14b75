package io.gemproxy.server.ratelimit.budget;

import io.gemproxy.server.exchange.Budget;
import io.gemproxy.server.exchange.Limits;
import java.util.OptionalLong;

/** The caps that the credential of a request stands under. */
record Terms(Caps daily, Caps monthly) {
    /**
     * Those of a credential.
     *
     * @param perDay requests
     */
    static Terms of(Limits limits, OptionalLong perDay) {
        return new Terms(
                Caps.of(Span.DAY, perDay, limits.daily()),
                Caps.of(Span.MONTH, OptionalLong.empty(), limits.monthly()));
    }

    /** No cap at all. */
    static final Terms NONE =
            new Terms(
                    Caps.of(Span.DAY, OptionalLong.empty(), Budget.NONE),
                    Caps.of(Span.MONTH, OptionalLong.empty(), Budget.NONE));
}
