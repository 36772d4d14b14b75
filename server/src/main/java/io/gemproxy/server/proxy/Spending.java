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
import java.util.OptionalLong;

/**
 * What one request takes of its client's limits: reserved before the call and settled once after
 * it, whatever happened. Used by the request's own thread only.
 */
final class Spending {
    private final ClientLimits limits;
    private final Client client;
    private final SharedSpending shared;
    private final List<Ticket> requests = new ArrayList<>(1);
    private final List<Ticket> tokens = new ArrayList<>(1);
    private final List<Allowance> allowances = new ArrayList<>(4);
    private BudgetHold request = BudgetHold.NONE;
    private BudgetHold spent = BudgetHold.NONE;
    private Estimate estimate = Estimate.NOTHING;
    private OptionalLong atOnce = OptionalLong.empty();

    /** Tokens of a batch in files: on the days of addresses and of all they count when read. */
    private long inFiles;

    private boolean refused;
    private boolean settled;

    Spending(ClientLimits limits, Client client, SharedSpending shared) {
        this.limits = limits;
        this.client = client;
        this.shared = shared;
    }

    /**
     * Counts the request itself.
     *
     * @throws LimitReached when the client must wait; then nothing is counted
     */
    void count() {
        try {
            shared.count().ifPresent(this::refuse);
            take(limits.rates().ofClient(client), requests);
            request = reserve(Amounts.ONE_REQUEST);
        } catch (LimitReached reached) {
            settleAsRefused();
            throw reached;
        }
    }

    /** Whether the beginning of the body has to be looked at. */
    boolean dependsOnBody(Exchange exchange) {
        return limits.countsTokens(client) && limits.charge().estimates().depends(exchange);
    }

    /**
     * Reserves what the request may use.
     *
     * @throws Refused when it must wait, or can never be served
     */
    void reserve(Incoming incoming) {
        if (limits.countsTokens(client)) {
            reserveTokens(incoming);
        }
        confirm();
    }

    private void reserveTokens(Incoming incoming) {
        Estimate wanted = limits.charge().estimates().of(incoming);
        if (limits.refusesUnpriced(client, wanted)) {
            throw refusal(LimitRefusals.unpriced(), List.of());
        }
        if (wanted.equals(Estimate.NOTHING)) {
            return;
        }
        if (Indexing.isAnnounced(incoming)) {
            // there is room now; its last piece takes it
            reserve(Charge.amounts(wanted)).settle(Amounts.ZERO);
            return;
        }
        estimate = wanted;
        atOnce = Estimates.atOnce(incoming);
        inFiles = limits.charge().estimates().inFiles(incoming);
        long now = atOnce.orElse(wanted.tokens());
        shared.reserve(now, wanted.tokens() - inFiles).ifPresent(this::refuse);
        take(limits.rates().tokensOfClient(client, now), tokens);
        spent = reserve(Charge.amounts(wanted));
    }

    /** No limit refuses the request any more: it counts, whatever becomes of it. */
    private void confirm() {
        shared.confirm();
        request.settle(Amounts.ONE_REQUEST);
        request = BudgetHold.NONE;
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
        confirm();
        if (estimate.equals(Estimate.NOTHING)) {
            unreserved(progress);
            return;
        }
        Amounts used = limits.charge().of(progress, estimate);
        long now = Math.min(used.tokens(), atOnce.orElse(used.tokens()));
        shared.settle(now, Math.max(0, used.tokens() - inFiles));
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
        // what stood in its body was charged to the day it was made on
        boolean charged = progress.batchOver().filter(it -> it.startsWith("batches/")).isPresent();
        if (!charged) {
            shared.spend(used.tokens());
        }
    }

    /** A request that our own limits refuse is not counted by them. */
    private void settleAsRefused() {
        settled = true;
        shared.giveBack();
        requests.forEach(ticket -> ticket.settle(0));
        tokens.forEach(ticket -> ticket.settle(0));
        request.settle(Amounts.ZERO);
        spent.settle(Amounts.ZERO);
    }

    private void take(RateDecision decision, List<Ticket> tickets) {
        LimitRefusal.of(decision).ifPresent(this::refuse);
        if (decision instanceof RateDecision.Admitted admitted) {
            tickets.add(admitted.ticket());
            admitted.allowance().ifPresent(allowances::add);
        }
    }

    private BudgetHold reserve(Amounts amounts) {
        BudgetDecision decision = limits.budgets().reserve(client, amounts);
        LimitRefusal.of(decision).ifPresent(this::refuse);
        if (decision instanceof BudgetDecision.Granted granted) {
            granted.allowances().forEach(this::know);
            return granted.hold();
        }
        return BudgetHold.NONE;
    }

    /** In the place of what was known of the same policy, and behind all others. */
    private void know(Allowance now) {
        allowances.removeIf(known -> known.policy() == now.policy());
        allowances.add(now);
    }

    private void refuse(LimitRefusal refusal) {
        throw refusal(refusal.rejection(), refusal.against());
    }

    private LimitReached refusal(Rejection rejection, List<Allowance> against) {
        refused = true;
        against.forEach(this::know);
        return new LimitReached(rejection, fields());
    }
}
