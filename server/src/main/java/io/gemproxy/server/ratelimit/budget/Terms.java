package io.gemproxy.server.ratelimit.budget;

import io.gemproxy.server.exchange.Budget;
import java.util.OptionalLong;

/** The caps that the credential of a request stands under. */
record Terms(Caps daily, Caps monthly) {
    /** No cap at all. */
    static final Terms NONE =
            new Terms(
                    Caps.of(Span.DAY, OptionalLong.empty(), Budget.NONE),
                    Caps.of(Span.MONTH, OptionalLong.empty(), Budget.NONE));
}
