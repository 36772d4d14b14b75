package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.ErrorExcerpt;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.KeyStatus;
import io.gemproxy.server.exchange.SkippedKeys;
import io.gemproxy.server.keys.quota.Moment;
import io.gemproxy.server.keys.selection.LeastLoaded;
import io.gemproxy.server.keys.selection.MostHeadroom;
import io.gemproxy.server.keys.selection.SelectionPolicy;
import io.gemproxy.server.keys.selection.WeightedRoundRobin;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The pool of Gemini keys: lends the next one, learns from what came of it. Safe for use by many
 * threads; no lock is held while a key is chosen.
 */
public final class KeyPool {
    private final Roster roster;
    private final Blocks blocks;
    private final Lender lender;
    private final Learning learning;
    private final PoolMemory memory;
    private final KeyViews views;
    private final PassedOverKeys passedOver;
    private final Probes probes;
    private final PoolClock clock;
    private final Consumer<KeyStatus> changed;

    /**
     * A pool in which every key is fresh.
     *
     * @param clock wall clock, for expiry and the end of the quota day
     * @param nanoTime monotonic clock, for rests and limits
     * @param changed is told the new state of a key, on the thread that brought it about
     */
    public KeyPool(
            KeysConfig config,
            InstantSource clock,
            LongSupplier nanoTime,
            Consumer<KeyStatus> changed) {
        SelectionPolicy policy = policy(config.selection());
        this.clock = new PoolClock(clock, nanoTime);
        this.changed = changed;
        this.roster = new Roster(config, policy.refusesEarly(), clock.instant());
        this.blocks = new Blocks(roster);
        this.lender = new Lender(roster, policy, blocks.egress());
        SharedProjects shared = new SharedProjects();
        this.learning =
                new Learning(roster, blocks, new Consequences(clock, roster::accountOf), shared);
        this.memory = new PoolMemory(roster, blocks);
        this.views = new KeyViews(roster, shared);
        this.passedOver = new PassedOverKeys(roster);
        this.probes = new Probes(roster);
    }

    private static SelectionPolicy policy(KeysConfig.Selection selection) {
        return switch (selection) {
            case WEIGHTED_ROUND_ROBIN -> new WeightedRoundRobin();
            case LEAST_LOADED -> new LeastLoaded();
            case MOST_HEADROOM -> new MostHeadroom();
        };
    }

    /** Lends a key that may serve the wish now, or says when one opens. Never blocks on I/O. */
    public Lending lend(LendingWish wish) {
        return lender.lend(wish, now());
    }

    /** Whether {@link #lend} would lend now; nothing is taken. */
    public boolean canServe(LendingWish wish) {
        return lender.canServe(wish, now());
    }

    /**
     * How long until some key may serve the wish, tried or not; zero if one may now, empty if none
     * ever will.
     */
    public Optional<Duration> earliestOpening(LendingWish wish) {
        return lender.earliestOpening(wish, now());
    }

    /** As {@link #settle(KeyLease, AttemptOutcome, Optional)}, where Google said nothing. */
    public void settle(KeyLease lease, AttemptOutcome outcome) {
        settle(lease, outcome, Optional.empty());
    }

    /**
     * Tells the pool what came of a lease; exactly once per lease. After a success the lease runs
     * on until {@link #finished}, after anything else it is over.
     *
     * @param said by Google, to be shown to the operator
     */
    public void settle(KeyLease lease, AttemptOutcome outcome, Optional<ErrorExcerpt> said) {
        UpstreamKey key = roster.lent(lease);
        if (key == null) {
            return;
        }
        Moment now = now();
        if (outcome instanceof AttemptOutcome.Succeeded) {
            if (learning.worked(key, lease, now)) {
                changed.accept(KeyStates.status(key, now));
            }
            return;
        }
        key.inFlight().decrementAndGet();
        telling(key, now, () -> learning.failed(key, lease, outcome, said, now));
    }

    /**
     * An answer that was settled as a success says, while it passes, that it failed; the lease runs
     * on until {@link #finished}. At most once per lease.
     */
    public void turned(KeyLease lease, AttemptOutcome outcome, ErrorExcerpt said) {
        UpstreamKey key = roster.lent(lease);
        if (key != null) {
            Moment now = now();
            telling(key, now, () -> learning.failed(key, lease, outcome, Optional.of(said), now));
        }
    }

    /**
     * The answer to a lease that was settled as a success is over, however it ended; exactly once.
     *
     * @param inputTokens what the answer says was read; the estimate stands if it does not
     * @param microdollars what the exchange cost, in millionths of a dollar, 0 if unknown
     */
    public void finished(KeyLease lease, OptionalLong inputTokens, long microdollars) {
        UpstreamKey key = roster.lent(lease);
        if (key != null) {
            key.inFlight().decrementAndGet();
            roster.lane(lease.model())
                    .seat(key)
                    .allotment()
                    .quota()
                    .finished(
                            now(),
                            lease.lentAtNanos(),
                            lease.reservedTokens(),
                            inputTokens.orElse(lease.reservedTokens()),
                            microdollars);
        }
    }

    /**
     * An operator takes a key out of service; requests that run go on.
     *
     * @return false if there is no such key
     */
    public boolean disable(KeyId id) {
        UpstreamKey key = roster.key(id);
        if (key == null) {
            return false;
        }
        Moment now = now();
        Instant wall = Instant.ofEpochMilli(now.millis());
        if (key.disabling() == null) {
            telling(
                    key,
                    now,
                    () -> key.disabling(new UpstreamKey.Disabling(wall, KeyStates.BY_OPERATOR)));
        }
        return true;
    }

    /**
     * An operator takes a key back into service: what was held against the key itself is forgotten,
     * rests of its project stay.
     *
     * @return false if there is no such key
     */
    public boolean enable(KeyId id) {
        UpstreamKey key = roster.key(id);
        if (key == null) {
            return false;
        }
        Moment now = now();
        telling(key, now, () -> back(key, now));
        return true;
    }

    private void back(UpstreamKey key, Moment now) {
        key.disabling(null);
        key.rest().end();
        key.breaker().reset();
        learning.comesBack(key, now);
        blocks.reopen();
    }

    /**
     * Keys that do not come back by the passing of time, and that nobody asked for a while. Those
     * that Google refuses: the first time five minutes after the refusal, then ever later, up to
     * six hours. Those whose breaker would let a request find out: when none came for a minute.
     */
    public List<KeyId> probesDue() {
        return probes.due(now());
    }

    /** A key for one probe, whatever its state; settled with {@link #probed} and nothing else. */
    public Optional<KeyLease> lendForProbe(KeyId id) {
        UpstreamKey key = roster.key(id);
        return key == null
                ? Optional.empty()
                : Optional.of(
                        new KeyLease(
                                id,
                                key.project().id(),
                                key.secret(),
                                Optional.empty(),
                                now().nanos(),
                                0,
                                key.index()));
    }

    /**
     * What came of a probe. One that worked ends what does not end by itself, and closes the
     * breaker; quotas stay as they are, since probes do not ask for them.
     */
    public void probed(KeyLease lease, AttemptOutcome outcome) {
        UpstreamKey key = roster.lent(lease);
        if (key == null) {
            return;
        }
        Moment now = now();
        probes.asked(lease.key(), now.nanos());
        telling(key, now, () -> learning.probed(key, lease, outcome, now));
    }

    /** What must survive a restart. */
    public PoolState snapshot() {
        return memory.snapshot(now());
    }

    /** Takes up what an earlier run knew; keys and projects that are gone are dropped. */
    public void restore(PoolState state) {
        memory.restore(state, now());
    }

    /** All there is to see of each key, in the order of the configuration. */
    public List<KeyView> views() {
        Moment now = now();
        return roster.keys().stream().map(key -> views.of(key, now)).toList();
    }

    /** All there is to see of a key. */
    public Optional<KeyView> view(KeyId id) {
        UpstreamKey key = roster.key(id);
        return key == null ? Optional.empty() : Optional.of(views.of(key, now()));
    }

    /** How many keys there are. */
    public int size() {
        return roster.keys().size();
    }

    /**
     * The keys that cannot serve a wish and why, some by name, as of about now; cheap enough to be
     * asked for each request.
     */
    public SkippedKeys passedOver(LendingWish wish) {
        return passedOver.of(wish, now());
    }

    /** The state of each key, in the order of the configuration. */
    public List<KeyStatus> status() {
        Moment now = now();
        return roster.keys().stream().map(key -> KeyStates.status(key, now)).toList();
    }

    /** Whether some key can serve, now or after a rest. */
    public boolean anyUsable() {
        long millis = now().millis();
        for (UpstreamKey key : roster.keys()) {
            if (key.usable(millis)) {
                return true;
            }
        }
        return false;
    }

    private void telling(UpstreamKey key, Moment now, Runnable change) {
        String before = KeyStates.of(key, now).word();
        change.run();
        KeyStatus after = KeyStates.status(key, now);
        if (!after.state().equals(before)) {
            changed.accept(after);
        }
    }

    private Moment now() {
        return clock.now();
    }
}
