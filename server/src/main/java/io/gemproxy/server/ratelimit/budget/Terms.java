package io.gemproxy.server.ratelimit.budget;

import io.gemproxy.server.exchange.Budget;
import io.gemproxy.server.exchange.Limits;
import io.gemproxy.server.ratelimit.RateLimitConfig.Rates;
import java.util.OptionalLong;

/** The caps that the credential of a request stands under. */
record Terms(Caps daily, Caps monthly) {
    /** No cap at all. */
    static final Terms NONE = of(Limits.NONE, Rates.NONE);

    /**
     * Those of a credential.
     *
     * @param otherwise holds where it says nothing
     */
    static Terms of(Limits limits, Rates otherwise) {
        Budget daily = limits.daily();
        return new Terms(
                Caps.of(
                        Scope.CLIENT_DAY,
                        own(limits.requestsPerDay(), otherwise.requestsPerDay()),
                        new Budget(own(daily.tokens(), otherwise.tokensPerDay()), daily.usd())),
                Caps.of(Scope.CLIENT_MONTH, OptionalLong.empty(), limits.monthly()));
    }

    private static OptionalLong own(OptionalLong own, OptionalLong otherwise) {
        return own.isPresent() ? own : otherwise;
    }
}
