package io.gemproxy.server.ratelimit.budget;

import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.Limits;
import io.gemproxy.server.ratelimit.Allowance;
import io.gemproxy.server.ratelimit.RateLimitConfig.Rates;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one client took on this day and in this month. Its lock is held over sums only. */
final class Account {
    private final ClientId client;
    private final InstantSource clock;
    private final BudgetJournal journal;
    private final Tally day;
    private final Tally month;
    private volatile long due;
    private boolean givenUp;
    private Terms terms = Terms.NONE;
    private volatile Credential last = new Credential(Limits.NONE, Rates.NONE, Terms.NONE);

    /** What a credential and the configuration say, and what it comes to. */
    private record Credential(Limits limits, Rates otherwise, Terms terms) {
        static Credential of(Limits limits, Rates otherwise) {
            return new Credential(limits, otherwise, Terms.of(limits, otherwise));
        }

        boolean says(Limits asked, Rates askedOtherwise) {
            return limits.equals(asked) && otherwise.equals(askedOtherwise);
        }
    }

    /**
     * @param damagedAt when the totals of earlier processes were lost, null if they were not
     * @param journal takes what must be on disk
     */
    Account(
            ClientId client,
            InstantSource clock,
            @Nullable Instant damagedAt,
            BudgetJournal journal) {
        this.client = client;
        this.clock = clock;
        this.journal = journal;
        day = new Tally(Span.DAY, clock.instant(), damagedAt);
        month = new Tally(Span.MONTH, clock.instant(), damagedAt);
    }

    /**
     * The caps of a credential; made anew only where it says something else than the last one.
     *
     * @param otherwise holds where it says nothing
     */
    Terms terms(Limits limits, Rates otherwise) {
        Credential known = last;
        if (!known.says(limits, otherwise)) {
            known = Credential.of(limits, otherwise);
            last = known;
        }
        return known.terms();
    }

    /** Reserves; empty if the account was given up and another one has to be made. */
    synchronized Optional<BudgetDecision> reserve(Terms ofRequest, Amounts amounts) {
        if (givenUp) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        turn(now);
        terms = ofRequest;
        return Verdict.against(day, terms.daily(), amounts, now)
                .or(() -> Verdict.against(month, terms.monthly(), amounts, now))
                .or(() -> Optional.of(hold(amounts, now)));
    }

    /** Counts what was never reserved; false if the account was given up. */
    synchronized boolean spend(Terms ofRequest, Amounts amounts) {
        if (givenUp) {
            return false;
        }
        turn(clock.instant());
        terms = ofRequest;
        day.spend(amounts);
        month.spend(amounts);
        tellIfDue();
        return true;
    }

    /** Charges something else than was charged before; false if the account was given up. */
    synchronized boolean replace(Advance before, Amounts used) {
        if (givenUp) {
            return false;
        }
        turn(clock.instant());
        day.replace(before, used);
        month.replace(before, used);
        tellIfDue();
        return true;
    }

    private void turn(Instant now) {
        day.turn(now);
        month.turn(now);
    }

    private BudgetDecision hold(Amounts amounts, Instant now) {
        day.hold(amounts);
        month.hold(amounts);
        tellIfDue();
        long ofDay = day.period();
        long ofMonth = month.period();
        List<Allowance> left = new ArrayList<>(day.allowances(terms.daily(), now));
        left.addAll(month.allowances(terms.monthly(), now));
        return new BudgetDecision.Granted(
                real -> settle(ofDay, ofMonth, amounts, real), List.copyOf(left));
    }

    private synchronized void settle(long ofDay, long ofMonth, Amounts taken, Amounts real) {
        day.settle(ofDay, taken, real);
        month.settle(ofMonth, taken, real);
        tellIfDue();
    }

    private void tellIfDue() {
        if (day.isBeyond(terms.daily()) || month.isBeyond(terms.monthly())) {
            due = journal.write(new BudgetChange.Taken(keptAhead()));
        } else if (day.isFarBelow(terms.daily()) || month.isFarBelow(terms.monthly())) {
            journal.write(new BudgetChange.Taken(keptAhead()));
        }
    }

    /** Where the change stands that must be on disk before what was reserved may be used. */
    long due() {
        return due;
    }

    /** Begins both periods at nothing but what requests that run have reserved. */
    synchronized void reset() {
        day.reset(clock.instant());
        month.reset(clock.instant());
        due = journal.write(new BudgetChange.Taken(keptAhead()));
    }

    /** What an earlier process had written. */
    synchronized void restore(KeptAccount kept) {
        day.restore(kept.day());
        month.restore(kept.month());
    }

    synchronized void distrust() {
        day.distrust();
        month.distrust();
    }

    /** As it is to be written while requests run, by who does not say when it is. */
    synchronized KeptAccount snapshot() {
        return new KeptAccount(
                client, day.snapshot(terms.daily()), month.snapshot(terms.monthly()));
    }

    private KeptAccount keptAhead() {
        return new KeptAccount(
                client, day.writtenAhead(terms.daily()), month.writtenAhead(terms.monthly()));
    }

    /** As it is to be written when none runs any more. */
    synchronized KeptAccount keptExactly() {
        return new KeptAccount(client, day.exact(), month.exact());
    }

    /** True if nothing of it matters any more; then nothing more is reserved in it. */
    synchronized boolean giveUp() {
        turn(clock.instant());
        givenUp = month.sound() && month.isEmpty() && day.isEmpty();
        return givenUp;
    }

    synchronized AccountView view() {
        turn(clock.instant());
        return new AccountView(
                client,
                new AccountView.Period(
                        day.start(), day.end(), day.spent(), day.held(), day.sound()),
                new AccountView.Period(
                        month.start(), month.end(), month.spent(), month.held(), month.sound()));
    }
}
