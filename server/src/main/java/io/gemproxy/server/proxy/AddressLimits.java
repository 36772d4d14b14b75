package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.ratelimit.RateDecision;
import io.gemproxy.server.ratelimit.RateLimiter;
import io.gemproxy.server.ratelimit.budget.DayBook;
import java.util.Optional;

/** How often an address may ask, and be wrong, whatever it asks for. */
final class AddressLimits {
    private final RateLimiter rates;
    private final DayBook days;

    AddressLimits(RateLimiter rates, DayBook days) {
        this.rates = rates;
        this.days = days;
    }

    /**
     * Before any credential is looked at.
     *
     * @throws LimitReached when the address, or everybody, must wait
     */
    void admit(Exchange exchange) {
        String address = exchange.sourceIp();
        rates.failuresOf(address).ifPresent(AddressLimits::refuse);
        refuseIfAny(LimitRefusal.of(rates.ofAddress(address)));
        rates.ofAllReached().ifPresent(AddressLimits::refuse);
        refuseIfAny(days.ofAllRefused().flatMap(LimitRefusal::of));
        refuseIfAny(LimitRefusal.of(days.ofAddress(address)));
    }

    /** Remembers a credential that did not hold. */
    void refused(Exchange exchange, Rejection rejection) {
        if (rejection instanceof Rejection.Unauthenticated) {
            rates.failed(exchange.sourceIp());
        }
    }

    private static void refuse(RateDecision.Limited limited) {
        refuseIfAny(LimitRefusal.of(limited));
    }

    private static void refuseIfAny(Optional<LimitRefusal> refusal) {
        refusal.ifPresent(it -> {
            throw new LimitReached(it.rejection(), LimitRefusals.fields(it.against()));
        });
    }
}
