package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.ratelimit.RateDecision;
import io.gemproxy.server.ratelimit.RateLimiter;
import java.util.List;

/** How often an address may ask, and be wrong, whatever it asks for. */
final class AddressLimits {
    private final RateLimiter rates;

    AddressLimits(RateLimiter rates) {
        this.rates = rates;
    }

    /**
     * Before any credential is looked at.
     *
     * @throws LimitReached when the address, or everybody, must wait
     */
    void admit(Exchange exchange) {
        rates.failuresOf(exchange.sourceIp()).ifPresent(AddressLimits::refuse);
        if (rates.ofAddress(exchange.sourceIp()) instanceof RateDecision.Limited limited) {
            refuse(limited);
        }
        rates.ofAllReached().ifPresent(AddressLimits::refuse);
    }

    /** Remembers a credential that did not hold. */
    void refused(Exchange exchange, Rejection rejection) {
        if (rejection instanceof Rejection.Unauthenticated) {
            rates.failed(exchange.sourceIp());
        }
    }

    private static void refuse(RateDecision.Limited limited) {
        throw new LimitReached(
                LimitRefusals.of(limited), LimitRefusals.fields(List.of(limited.allowance())));
    }
}
