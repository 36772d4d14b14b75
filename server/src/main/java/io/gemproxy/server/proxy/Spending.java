package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.Estimate;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.HeaderField;
import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.ratelimit.Allowance;
import io.gemproxy.server.ratelimit.RateDecision;
import io.gemproxy.server.ratelimit.Ticket;
import io.gemproxy.server.ratelimit.budget.Amounts;
import io.gemproxy.server.ratelimit.budget.BudgetDecision;
import io.gemproxy.server.ratelimit.budget.BudgetHold;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one request takes of its client's limits: reserved before the call and settled once after
 * it, whatever happened. Used by the request's own thread only.
 */
final class Spending {
    private final ClientLimits limits;
    private final Client client;
    private final List<Ticket> requests = new ArrayList<>(2);
    private final List<Ticket> tokens = new ArrayList<>(2);
    private final List<Allowance> allowances = new ArrayList<>(4);
    private BudgetHold request = BudgetHold.NONE;
    private BudgetHold spent = BudgetHold.NONE;
    private Estimate estimate = Estimate.NOTHING;
    private OptionalLong atOnce = OptionalLong.empty();
    private boolean refused;
    private boolean settled;

    Spending(ClientLimits limits, Client client) {
        this.limits = limits;
        this.client = client;
    }

    /**
     * Counts the request itself.
     *
     * @throws LimitReached when the client must wait; then nothing is counted
     */
    void count() {
        try {
            take(limits.rates().ofAll(), requests, false);
            take(limits.rates().ofClient(client), requests, true);
            request = reserve(Amounts.ONE_REQUEST).orElse(BudgetHold.NONE);
        } catch (LimitReached reached) {
            settleAsRefused();
            throw reached;
        }
    }

    /** Whether the beginning of the body has to be looked at. */
    boolean dependsOnBody(Exchange exchange) {
        return (limits.rates().countsTokens(client) || limits.budgets().counts(client))
                && limits.charge().estimates().depends(exchange);
    }

    /**
     * Reserves what the request may use.
     *
     * @throws Refused when it must wait, or can never be served
     */
    void reserve(Incoming incoming) {
        if (!limits.rates().countsTokens(client) && !limits.budgets().counts(client)) {
            return;
        }
        Estimate wanted = limits.charge().estimates().of(incoming);
        if (limits.refusesUnpriced(client, wanted)) {
            throw refusal(LimitRefusals.unpriced());
        }
        if (wanted.equals(Estimate.NOTHING)) {
            return;
        }
        if (Indexing.isAnnounced(incoming)) {
            // there is room now; its last piece takes it
            reserve(Charge.amounts(wanted)).ifPresent(room -> room.settle(Amounts.ZERO));
            return;
        }
        estimate = wanted;
        atOnce = Estimates.atOnce(incoming);
        take(limits.rates().tokensOfAll(atOnce.orElse(wanted.tokens())), tokens, false);
        take(limits.rates().tokensOfClient(client, atOnce.orElse(wanted.tokens())), tokens, true);
        spent = reserve(Charge.amounts(wanted)).orElse(BudgetHold.NONE);
    }

    /** The {@code RateLimit} headers of the answer. */
    List<HeaderField> fields() {
        return LimitRefusals.fields(allowances);
    }

    /** Puts what was used in the place of what was reserved; the second call does nothing. */
    void settle(Progress progress) {
        if (settled) {
            return;
        }
        if (refused) {
            settleAsRefused();
            return;
        }
        settled = true;
        request.settle(Amounts.ONE_REQUEST);
        if (estimate.equals(Estimate.NOTHING)) {
            unreserved(progress);
            return;
        }
        Amounts used = limits.charge().of(progress, estimate);
        long now = Math.min(used.tokens(), atOnce.orElse(used.tokens()));
        tokens.forEach(ticket -> ticket.settle(now));
        spent.settle(used);
        progress.madeBatch().ifPresent(batch -> limits.budgets().advance(batch, client, used));
    }

    /** What a batch used takes the place of what was charged for it when it was made. */
    private void unreserved(Progress progress) {
        progress.batchResults()
                .forEach((batch, file) ->
                        file.ifPresentOrElse(
                                it -> limits.budgets().resultsIn(batch, it),
                                () -> limits.budgets().settle(batch, Amounts.ZERO)));
        Amounts used = limits.charge().unreserved(progress);
        boolean replaced =
                progress.batchOver().filter(it -> limits.budgets().settle(it, used)).isPresent();
        if (!replaced) {
            limits.budgets().spend(client, used);
        }
    }

    /** A request that our own limits refuse is not counted by them. */
    private void settleAsRefused() {
        settled = true;
        requests.forEach(ticket -> ticket.settle(0));
        tokens.forEach(ticket -> ticket.settle(0));
        request.settle(Amounts.ZERO);
        spent.settle(Amounts.ZERO);
    }

    /**
     * @param told whether the client learns what is left
     */
    private void take(RateDecision decision, List<Ticket> tickets, boolean told) {
        switch (decision) {
            case RateDecision.Admitted admitted -> {
                tickets.add(admitted.ticket());
                if (told) {
                    admitted.allowance().ifPresent(allowances::add);
                }
            }
            case RateDecision.Limited limited ->
                    throw refusal(LimitRefusals.of(limited), limited.allowance());
            case RateDecision.NeverFits never ->
                    throw refusal(LimitRefusals.of(never), never.allowance());
        }
    }

    private Optional<BudgetHold> reserve(Amounts amounts) {
        return switch (limits.budgets().reserve(client, amounts)) {
            case BudgetDecision.Granted granted -> {
                granted.allowances().forEach(this::know);
                yield Optional.of(granted.hold());
            }
            case BudgetDecision.Exceeded exceeded ->
                    throw refusal(LimitRefusals.of(exceeded), exceeded.allowance());
            case BudgetDecision.NeverFits never -> throw refusal(LimitRefusals.of(never));
            case BudgetDecision.Unknown unknown -> throw refusal(LimitRefusals.of(unknown));
        };
    }

    /** In the place of what was known of the same policy, and behind all others. */
    private void know(Allowance now) {
        allowances.removeIf(known -> known.policy() == now.policy());
        allowances.add(now);
    }

    private LimitReached refusal(Rejection rejection, Allowance... against) {
        refused = true;
        for (Allowance each : against) {
            know(each);
        }
        return new LimitReached(rejection, fields());
    }
}
