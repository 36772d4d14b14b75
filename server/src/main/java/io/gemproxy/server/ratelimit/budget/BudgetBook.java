package io.gemproxy.server.ratelimit.budget;

import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.Limits;
import io.gemproxy.server.ratelimit.RateLimitConfig.Rates;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What each client with a cap has taken of it. Reservations and settled amounts together never go
 * beyond a cap, however many threads reserve; what a request used beyond its reservation does.
 *
 * <p>What is on disk runs ahead of what was taken by a hundredth of the cap; who would go beyond it
 * waits for the disk. So a crash forgets nothing that was reserved. Where what an earlier process
 * wrote is damaged, clients with caps are refused until the period is over or somebody resets them.
 */
public final class BudgetBook implements AutoCloseable {
    private volatile Rates otherwise;
    private final InstantSource clock;
    private final BudgetJournal journal;
    private final ConcurrentMap<ClientId, Account> accounts = new ConcurrentHashMap<>();
    private final Advances advances = new Advances();
    private volatile @Nullable Instant damagedAt;
    private volatile boolean closed;

    /**
     * @param otherwise of a client whose credential names no own limit; only those of a day matter
     * @param journal takes what must be on disk
     */
    public BudgetBook(Rates otherwise, InstantSource clock, BudgetJournal journal) {
        this.otherwise = otherwise;
        this.clock = clock;
        this.journal = journal;
    }

    /**
     * Other limits hold from now on; what was taken in running periods stays taken.
     *
     * @param next of a client whose credential names no own limit
     */
    public void reconfigure(Rates next) {
        otherwise = next;
    }

    /** The limits that hold now for clients without ones of their own. */
    public Rates otherwise() {
        return otherwise;
    }

    /** Whether anything of this client is counted here. */
    public boolean counts(Client client) {
        Limits limits = client.limits();
        Rates unsaid = otherwise;
        return limits.requestsPerDay().isPresent()
                || unsaid.requestsPerDay().isPresent()
                || unsaid.tokensPerDay().isPresent()
                || limits.daily().isCapped()
                || limits.monthly().isCapped();
    }

    /** Whether the client has a cap in dollars. */
    public static boolean countsCost(Client client) {
        Limits limits = client.limits();
        return limits.daily().usd().isPresent() || limits.monthly().usd().isPresent();
    }

    /** Reserves the amounts for a client, or refuses them. */
    public BudgetDecision reserve(Client client, Amounts amounts) {
        if (!counts(client)) {
            return BudgetDecision.Granted.FREELY;
        }
        Account account;
        Optional<BudgetDecision> decision;
        do {
            account = account(client.id());
            decision = account.reserve(terms(account, client.limits()), amounts);
        } while (decision.isEmpty());
        if (decision.get() instanceof BudgetDecision.Granted) {
            journal.await(account.due());
        }
        return decision.get();
    }

    /** Counts what was used without being reserved before; it may go beyond a cap. */
    public void spend(Client client, Amounts amounts) {
        if (!counts(client) || amounts.equals(Amounts.ZERO)) {
            return;
        }
        boolean spent;
        do {
            Account account = account(client.id());
            spent = account.spend(terms(account, client.limits()), amounts);
        } while (!spent);
    }

    /** Remembers what a client was charged for a batch, until it is known what that used. */
    public void advance(String batch, Client client, Amounts charged) {
        if (counts(client) && !charged.equals(Amounts.ZERO)) {
            Advance advance = new Advance(client.id(), clock.instant(), charged);
            advances.put(batch, advance);
            journal.write(new BudgetChange.Advanced(batch, advance));
        }
    }

    /** Has what was charged for a batch settled by what is read in that file. */
    public void resultsIn(String batch, String file) {
        advances.rename(batch, file)
                .ifPresent(advance -> {
                    journal.write(new BudgetChange.Advanced(file, advance));
                    journal.write(new BudgetChange.Settled(batch));
                });
    }

    /**
     * Charges what a batch used to whoever made it, in the place of what was charged then; in a
     * period that began since only what goes beyond that.
     *
     * @return false if nothing was charged for it, or it was settled before
     */
    public boolean settle(String batch, Amounts used) {
        Optional<Advance> advance = advances.take(batch);
        if (advance.isEmpty()) {
            return false;
        }
        // written before the account: a crash between both gives nothing back twice
        journal.write(new BudgetChange.Settled(batch));
        boolean replaced;
        do {
            replaced = account(advance.get().client()).replace(advance.get(), used);
        } while (!replaced);
        return true;
    }

    /** Every account, by name. */
    public List<AccountView> views() {
        return accounts.values().stream()
                .map(Account::view)
                .sorted(Comparator.comparing(view -> view.client().value()))
                .toList();
    }

    /** Begins a client's periods at nothing, on disk too; empty if it has no account. */
    public Optional<AccountView> reset(ClientId client) {
        Account account = accounts.get(client);
        if (account == null && damagedAt == null) {
            return Optional.empty();
        }
        Account found = account(client);
        found.reset();
        journal.await(found.due());
        return Optional.of(found.view());
    }

    /** Begins the periods of all clients at nothing, known and unknown, on disk too. */
    public void resetAll() {
        damagedAt = null;
        long last = journal.write(new BudgetChange.Trusted());
        for (Account account : accounts.values()) {
            account.reset();
            last = Math.max(last, account.due());
        }
        journal.await(last);
    }

    /** All there is to keep. */
    public Stream<BudgetChange> snapshot() {
        accounts.values().removeIf(Account::giveUp);
        Instant damage = damagedAt;
        Stream<BudgetChange> damaged =
                damage == null ? Stream.empty() : Stream.of(new BudgetChange.Damaged(damage));
        Stream<BudgetChange> taken =
                accounts.values().stream()
                        .map(it -> closed ? it.keptExactly() : it.snapshot())
                        .map(BudgetChange.Taken::new);
        return Stream.concat(Stream.concat(damaged, advances.snapshot()), taken);
    }

    /** Takes back what an earlier process kept, in order. */
    public void restore(Stream<BudgetChange> kept) {
        kept.forEach(change -> {
            switch (change) {
                case BudgetChange.Taken taken ->
                        account(taken.account().client()).restore(taken.account());
                case BudgetChange.Advanced it -> advances.put(it.batch(), it.advance());
                case BudgetChange.Settled it -> advances.take(it.batch());
                case BudgetChange.Damaged damaged -> damagedAt = damaged.at();
                case BudgetChange.Trusted _ -> damagedAt = null;
            }
        });
    }

    /** What was kept could not be read, or not all of it: no total is known any more. */
    public void distrust() {
        damagedAt = clock.instant();
        accounts.values().forEach(Account::distrust);
    }

    /** From now on nothing is reserved; what was taken is known exactly. */
    @Override
    public void close() {
        closed = true;
        accounts.values()
                .forEach(account -> journal.write(new BudgetChange.Taken(account.keptExactly())));
    }

    private Terms terms(Account account, Limits limits) {
        return account.terms(limits, otherwise);
    }

    private Account account(ClientId client) {
        // computeIfAbsent alone may lock a bin of the map for each request
        Account known = accounts.get(client);
        return known != null ? known : accounts.computeIfAbsent(client, this::opened);
    }

    private Account opened(ClientId client) {
        return new Account(client, clock, damagedAt, journal);
    }
}
