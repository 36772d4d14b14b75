package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.Estimate;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.ratelimit.RateLimiter;
import io.gemproxy.server.ratelimit.budget.BudgetBook;
import io.gemproxy.server.ratelimit.budget.DayBook;

/** Steps 2a and 4: how much an address and a client may call. */
final class ClientLimits {
    private final RateLimiter rates;
    private final AddressLimits addresses;
    private final BudgetBook budgets;
    private final DayBook days;
    private final Charge charge;

    ClientLimits(RateLimiter rates, BudgetBook budgets, DayBook days, Charge charge) {
        this.rates = rates;
        this.addresses = new AddressLimits(rates, days);
        this.budgets = budgets;
        this.days = days;
        this.charge = charge;
    }

    RateLimiter rates() {
        return rates;
    }

    BudgetBook budgets() {
        return budgets;
    }

    Charge charge() {
        return charge;
    }

    /**
     * Before any credential is looked at.
     *
     * @throws LimitReached when the address, or everybody, must wait
     */
    void admit(Exchange exchange) {
        addresses.admit(exchange);
    }

    /** Remembers a credential that did not hold. */
    void refused(Exchange exchange, Rejection rejection) {
        addresses.refused(exchange, rejection);
    }

    /**
     * Counts the request; the chunks of an upload were counted by its start.
     *
     * @throws LimitReached when the client must wait
     */
    Spending begin(Client client, Exchange exchange, boolean chunk) {
        Spending spending =
                new Spending(this, client, new SharedSpending(rates, days, exchange.sourceIp()));
        if (!chunk) {
            spending.count();
        }
        return spending;
    }

    /** Whether anything of this client's requests but their number is limited. */
    boolean countsTokens(Client client) {
        return rates.countsTokens(client) || budgets.counts(client) || days.countsTokens();
    }

    /** Whether this is a model of unknown price to a client that may not call one. */
    boolean refusesUnpriced(Client client, Estimate estimate) {
        return !estimate.priced() && !rates.unpricedAllowed() && BudgetBook.countsCost(client);
    }
}
