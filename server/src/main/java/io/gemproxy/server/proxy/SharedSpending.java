package io.gemproxy.server.proxy;

import io.gemproxy.server.ratelimit.RateDecision;
import io.gemproxy.server.ratelimit.RateLimiter;
import io.gemproxy.server.ratelimit.Ticket;
import io.gemproxy.server.ratelimit.budget.Amounts;
import io.gemproxy.server.ratelimit.budget.BudgetDecision;
import io.gemproxy.server.ratelimit.budget.BudgetHold;
import io.gemproxy.server.ratelimit.budget.DayBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one request takes of the limits on all clients together, and of tokens of its address; its
 * client is told of them only when they refuse. Used by the request's own thread only.
 */
final class SharedSpending {
    private final RateLimiter rates;
    private final DayBook days;
    private final String address;
    private final List<Ticket> requests = new ArrayList<>();
    private final List<Ticket> tokens = new ArrayList<>();
    private final List<BudgetHold> requestsOfDay = new ArrayList<>();
    private final List<BudgetHold> tokensOfDay = new ArrayList<>();

    SharedSpending(RateLimiter rates, DayBook days, String address) {
        this.rates = rates;
        this.days = days;
        this.address = address;
    }

    /** Counts the request itself, or says what stands against it. */
    Optional<LimitRefusal> count() {
        return minute(rates.ofAll(), requests).or(() -> day(days.ofAll(), requestsOfDay));
    }

    /**
     * Reserves tokens, or says what stands against it.
     *
     * @param atOnce those that count in this minute
     * @param all those that count on this day
     */
    Optional<LimitRefusal> reserve(long atOnce, long all) {
        return minute(rates.tokensOfAll(atOnce), tokens)
                .or(() -> minute(rates.tokensOfAddress(address, atOnce), tokens))
                .or(() -> day(days.tokensOfAll(all), tokensOfDay))
                .or(() -> day(days.tokensOfAddress(address, all), tokensOfDay));
    }

    private static Optional<LimitRefusal> minute(RateDecision decision, List<Ticket> taken) {
        if (decision instanceof RateDecision.Admitted admitted
                && !admitted.ticket().equals(Ticket.NONE)) {
            taken.add(admitted.ticket());
        }
        return LimitRefusal.of(decision);
    }

    private static Optional<LimitRefusal> day(BudgetDecision decision, List<BudgetHold> taken) {
        if (decision instanceof BudgetDecision.Granted granted
                && !granted.hold().equals(BudgetHold.NONE)) {
            taken.add(granted.hold());
        }
        return LimitRefusal.of(decision);
    }

    /** No limit refuses the request any more: it counts, whatever becomes of it. */
    void confirm() {
        requestsOfDay.forEach(hold -> hold.settle(Amounts.ONE_REQUEST));
        requestsOfDay.clear();
        requests.clear();
    }

    /** Puts what was used in the place of what was reserved. */
    void settle(long atOnce, long all) {
        tokens.forEach(ticket -> ticket.settle(atOnce));
        tokensOfDay.forEach(hold -> hold.settle(new Amounts(0, all, 0)));
    }

    /** Of a request that a limit refuses nothing counts. */
    void giveBack() {
        requests.forEach(ticket -> ticket.settle(0));
        requestsOfDay.forEach(hold -> hold.settle(Amounts.ZERO));
        settle(0, 0);
    }

    /** Counts tokens of this day that were not reserved. */
    void spend(long used) {
        days.spend(address, used);
    }
}
