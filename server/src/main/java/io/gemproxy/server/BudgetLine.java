package io.gemproxy.server;

import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.ratelimit.budget.Advance;
import io.gemproxy.server.ratelimit.budget.Amounts;
import io.gemproxy.server.ratelimit.budget.BudgetBook;
import io.gemproxy.server.ratelimit.budget.BudgetChange;
import io.gemproxy.server.ratelimit.budget.BudgetJournal;
import io.gemproxy.server.ratelimit.budget.KeptAccount;
import io.gemproxy.server.ratelimit.budget.KeptTally;
import io.gemproxy.server.state.Changes;
import io.gemproxy.server.state.JournalPart;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of the budgets, as their journal has it.
 *
 * @param client whose account it is, null for all
 * @param day null for all
 * @param month null for all
 * @param damagedAt since when totals are not known, null if they are
 * @param batch that was charged when it was made, or is settled; null for all else
 * @param charged for it, null once it is settled
 */
record BudgetLine(
        @Nullable String client,
        @Nullable Period day,
        @Nullable Period month,
        @Nullable Instant damagedAt,
        @Nullable String batch,
        @Nullable Charged charged) {
    private static final int VERSION = 1;

    /** Longer than a disk that works needs for a write. */
    private static final Duration PATIENCE = Duration.ofMillis(250);

    /** What was taken in a period that began then; {@code sound} if that is known. */
    record Period(Instant start, long requests, long tokens, long picodollars, boolean sound) {
        static Period of(KeptTally tally) {
            Amounts upTo = tally.upTo();
            return new Period(
                    tally.start(),
                    upTo.requests(),
                    upTo.tokens(),
                    upTo.picodollars(),
                    tally.sound());
        }

        KeptTally tally() {
            return new KeptTally(start, new Amounts(requests, tokens, picodollars), sound);
        }
    }

    /** What was charged for a batch, and when. */
    record Charged(Instant at, long requests, long tokens, long picodollars) {
        static Charged of(Advance advance) {
            Amounts amounts = advance.amounts();
            return new Charged(
                    advance.at(), amounts.requests(), amounts.tokens(), amounts.picodollars());
        }

        Advance by(ClientId client) {
            return new Advance(client, at, new Amounts(requests, tokens, picodollars));
        }
    }

    private static BudgetLine ofAccounts(
            @Nullable String client,
            @Nullable Period day,
            @Nullable Period month,
            @Nullable Instant damagedAt) {
        return new BudgetLine(client, day, month, damagedAt, null, null);
    }

    /** The budgets' part in what survives a restart. */
    static JournalPart<BudgetLine> journal(BudgetBook budgets, Changes<BudgetLine> changes) {
        return new JournalPart<>(
                "budgets",
                VERSION,
                BudgetLine.class,
                changes,
                () -> budgets.snapshot().map(BudgetLine::of),
                lines -> budgets.restore(lines.map(BudgetLine::change)),
                budgets::distrust);
    }

    /** Hands changes over, and lets who would go beyond what is on disk wait for it. */
    static BudgetJournal onto(Changes<BudgetLine> changes) {
        return new BudgetJournal() {
            @Override
            public long write(BudgetChange change) {
                return changes.add(of(change));
            }

            @Override
            public void await(long position) {
                changes.await(position, PATIENCE);
            }
        };
    }

    static BudgetLine of(BudgetChange change) {
        return switch (change) {
            case BudgetChange.Taken(KeptAccount account) ->
                    ofAccounts(
                            account.client().value(),
                            Period.of(account.day()),
                            Period.of(account.month()),
                            null);
            case BudgetChange.Advanced(String name, Advance advance) ->
                    new BudgetLine(
                            advance.client().value(), null, null, null, name, Charged.of(advance));
            case BudgetChange.Settled(String name) ->
                    new BudgetLine(null, null, null, null, name, null);
            case BudgetChange.Damaged(Instant at) -> ofAccounts(null, null, null, at);
            case BudgetChange.Trusted _ -> ofAccounts(null, null, null, null);
        };
    }

    private BudgetChange change() {
        if (batch != null) {
            return client != null && charged != null
                    ? new BudgetChange.Advanced(batch, charged.by(new ClientId(client)))
                    : new BudgetChange.Settled(batch);
        }
        if (client != null && day != null && month != null) {
            return new BudgetChange.Taken(
                    new KeptAccount(new ClientId(client), day.tally(), month.tally()));
        }
        return damagedAt == null ? new BudgetChange.Trusted() : new BudgetChange.Damaged(damagedAt);
    }
}
