package io.gemproxy.server.ratelimit.budget;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gemproxy.server.exchange.AddressGroup;
import io.gemproxy.server.exchange.Budget;
import io.gemproxy.server.ratelimit.RateLimitConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * What addresses, and all clients together, took on this day of UTC. What was admitted never goes
 * beyond a limit, however many threads ask; tokens that a request used beyond its reservation do.
 *
 * <p>Of all clients a crash forgets nothing: who goes beyond what is on disk waits for it. Nobody
 * waits for the count of an address, which is taken before anybody is known: a crash may forget
 * what came in the last second. Where what an earlier process wrote is damaged, a limit on all
 * clients refuses until the day is over or somebody resets it, and addresses begin with what is
 * left of it.
 */
public final class DayBook implements AutoCloseable {
    /** With more addresses than this those seen seldom and long ago start afresh. */
    static final int MOST = 100_000;

    private final InstantSource clock;
    private final DayJournal journal;
    private final DayAccount all;
    private final Cache<AddressGroup, DayAccount> addresses;
    private volatile Limits limits;
    private volatile boolean closed;

    /** The limits of one configuration. */
    private record Limits(RateLimitConfig config, Caps ofAddress, Caps ofAll) {
        static Limits of(RateLimitConfig config) {
            return new Limits(
                    config,
                    caps(Scope.ADDRESS_DAY, config.address()),
                    caps(Scope.ALL_DAY, config.all()));
        }

        private static Caps caps(Scope scope, RateLimitConfig.Rates rates) {
            return Caps.of(
                    scope,
                    rates.requestsPerDay(),
                    new Budget(rates.tokensPerDay(), Optional.empty()));
        }
    }

    /**
     * @param clock which day it is
     * @param nanoTime monotonic, in nanoseconds: when an address was last seen
     * @param journal takes what must be on disk
     */
    public DayBook(
            RateLimitConfig config,
            InstantSource clock,
            LongSupplier nanoTime,
            DayJournal journal) {
        this.clock = clock;
        this.journal = journal;
        this.limits = Limits.of(config);
        this.all = new DayAccount(Optional.empty(), limits.ofAll(), clock, journal);
        this.addresses =
                Caffeine.newBuilder()
                        .maximumSize(MOST)
                        .expireAfterAccess(Duration.ofDays(1))
                        .ticker(nanoTime::getAsLong)
                        .executor(Runnable::run)
                        .build();
    }

    /** Other limits hold from now on; what was counted on this day counts on. */
    public void reconfigure(RateLimitConfig next) {
        limits = Limits.of(next);
    }

    /** The limits that hold now. */
    public RateLimitConfig config() {
        return limits.config();
    }

    /** Counts a request from an address for good, or refuses it. */
    public BudgetDecision ofAddress(String address) {
        Caps caps = limits.ofAddress();
        return caps.requests().isEmpty()
                ? BudgetDecision.Granted.FREELY
                : account(address).take(caps, Amounts.ONE_REQUEST);
    }

    /** Why not even one more request of anybody would be admitted; counts nothing. */
    public Optional<BudgetDecision> ofAllRefused() {
        Caps caps = limits.ofAll();
        return caps.requests().isEmpty()
                ? Optional.empty()
                : all.refusal(caps, Amounts.ONE_REQUEST);
    }

    /** Reserves a request among those of all clients, or refuses it. */
    public BudgetDecision ofAll() {
        return ofAll(limits.ofAll().requests().isPresent(), Amounts.ONE_REQUEST);
    }

    /** Reserves tokens among those of all clients, or refuses them. */
    public BudgetDecision tokensOfAll(long tokens) {
        return ofAll(limits.ofAll().tokens().isPresent(), tokens(tokens));
    }

    private BudgetDecision ofAll(boolean limited, Amounts amounts) {
        if (!limited) {
            return BudgetDecision.Granted.FREELY;
        }
        BudgetDecision decision = all.reserve(limits.ofAll(), amounts);
        if (decision instanceof BudgetDecision.Granted) {
            journal.await(all.due());
        }
        return decision;
    }

    /** Reserves tokens of an address, or refuses them. */
    public BudgetDecision tokensOfAddress(String address, long tokens) {
        Caps caps = limits.ofAddress();
        return caps.tokens().isEmpty()
                ? BudgetDecision.Granted.FREELY
                : account(address).reserve(caps, tokens(tokens));
    }

    /** Whether tokens are counted at all. */
    public boolean countsTokens() {
        Limits present = limits;
        return present.ofAddress().tokens().isPresent() || present.ofAll().tokens().isPresent();
    }

    /** Counts tokens that were not reserved before; they may go beyond a limit. */
    public void spend(String address, long tokens) {
        Limits present = limits;
        if (tokens > 0 && present.ofAll().tokens().isPresent()) {
            all.spend(present.ofAll(), tokens(tokens));
        }
        if (tokens > 0 && present.ofAddress().tokens().isPresent()) {
            account(address).spend(present.ofAddress(), tokens(tokens));
        }
    }

    /** Begins the day of all at nothing, on disk too. */
    public void reset() {
        addresses.asMap().values().forEach(DayAccount::reset);
        all.reset();
        journal.await(all.due());
    }

    /** All there is to keep. */
    public Stream<KeptDay> snapshot() {
        addresses.cleanUp();
        return accounts().flatMap(it -> closed ? Stream.of(it.exactly()) : it.snapshot().stream());
    }

    /** Takes back what an earlier process kept, in order; days that are over are forgotten. */
    public void restore(Stream<KeptDay> kept) {
        kept.filter(it -> !it.day().start().isBefore(Span.DAY.start(clock.instant())))
                .forEach(it -> it.address().map(this::accountOf).orElse(all).restore(it.day()));
    }

    /** What was kept could not be read, or not all of it. */
    public void distrust() {
        all.distrust();
    }

    /** From now on nothing is counted; what was taken is known exactly. */
    @Override
    public void close() {
        closed = true;
        accounts().forEach(it -> journal.write(it.exactly()));
    }

    private Stream<DayAccount> accounts() {
        return Stream.concat(addresses.asMap().values().stream(), Stream.of(all));
    }

    private DayAccount account(String address) {
        return accountOf(AddressGroup.of(address));
    }

    private DayAccount accountOf(AddressGroup group) {
        return addresses.get(
                group, it -> new DayAccount(Optional.of(it), limits.ofAddress(), clock, journal));
    }

    private static Amounts tokens(long tokens) {
        return new Amounts(0, tokens, 0);
    }
}
