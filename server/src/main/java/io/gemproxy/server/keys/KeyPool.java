package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.ErrorExcerpt;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.KeyStatus;
import io.gemproxy.server.exchange.Secret;
import io.gemproxy.server.exchange.SkippedKeys;
import io.gemproxy.server.keys.quota.Moment;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The pool of Gemini keys: lends the next one, learns from what came of it. Safe for use by many
 * threads; no lock is held while a key is chosen.
 */
public final class KeyPool {
    private final PoolClock clock;
    private final InstantSource wall;
    private final StateChanges changes;
    private final SharedProjects shared = new SharedProjects();
    private final Rest egress = new Rest();
    private final Probes probes = new Probes();
    private final Leavers leavers = new Leavers();
    private KeysConfig configured;
    private Map<KeyId, Integer> weights = Map.of();
    private volatile Lineup current;

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
        this.clock = new PoolClock(clock, nanoTime);
        this.wall = clock;
        this.changes = new StateChanges(changed);
        this.configured = config;
        this.current = lineup(config, new Inheritance(null));
    }

    private Lineup lineup(KeysConfig config, Inheritance inherited) {
        return Lineup.of(config, inherited, shared, egress, wall, () -> current.roster());
    }

    /**
     * Takes over another configuration. What was learnt about keys, projects and models that stay
     * goes on; a key that went, or has another secret now, ends what it was lent for and is
     * forgotten. Requests wait for nothing.
     */
    public synchronized void reconfigure(KeysConfig next) {
        configured = next;
        enter();
    }

    /**
     * Gives some keys other weights than the configuration does, in place of those it gave before;
     * this outlives {@link #reconfigure}.
     *
     * @param next 1 to 10000; ids that are not in the pool wait for their key
     */
    public synchronized void reweigh(Map<KeyId, Integer> next) {
        weights = Map.copyOf(next);
        enter();
    }

    private void enter() {
        Roster before = current.roster();
        Lineup next = lineup(configured.weighing(weights), new Inheritance(before));
        // first, or a lease that ends meanwhile would be looked for in vain
        leavers.add(before.without(next.roster()));
        current = next;
        shared.retain(next.roster().keyIds(), next.roster().projectIds());
    }

    /**
     * The keys in the pool, and those that still serve what they were lent for before they left.
     */
    public List<Secret> secrets() {
        List<Secret> secrets = new ArrayList<>(leavers.secrets());
        current.roster().keys().forEach(key -> secrets.add(key.secret()));
        return secrets;
    }

    /** The configuration in force, with the weights in force. */
    public KeysConfig config() {
        return current.config();
    }

    /** Lends a key that may serve the wish now, or says when one opens. Never blocks on I/O. */
    public Lending lend(LendingWish wish) {
        return current.lender().lend(wish, now());
    }

    /** Whether {@link #lend} would lend now; nothing is taken. */
    public boolean canServe(LendingWish wish) {
        return current.lender().canServe(wish, now());
    }

    /**
     * How long until some key may serve the wish, tried or not; zero if one may now, empty if none
     * ever will.
     */
    public Optional<Duration> earliestOpening(LendingWish wish) {
        return current.lender().earliestOpening(wish, now());
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
        Lineup lineup = current;
        UpstreamKey key = lineup.roster().lent(lease);
        if (key == null) {
            leavers.settled(lease, outcome);
            return;
        }
        Moment now = now();
        if (outcome instanceof AttemptOutcome.Succeeded) {
            if (lineup.learning().worked(key, lease, now)) {
                changes.tell(key, now);
            }
            return;
        }
        key.inFlight().decrementAndGet();
        changes.during(key, now, () -> lineup.learning().failed(key, lease, outcome, said, now));
    }

    /**
     * An answer that was settled as a success says, while it passes, that it failed; the lease runs
     * on until {@link #finished}. At most once per lease.
     */
    public void turned(KeyLease lease, AttemptOutcome outcome, ErrorExcerpt said) {
        Lineup lineup = current;
        UpstreamKey key = lineup.roster().lent(lease);
        if (key != null) {
            Moment now = now();
            changes.during(
                    key,
                    now,
                    () -> lineup.learning().failed(key, lease, outcome, Optional.of(said), now));
        }
    }

    /**
     * The answer to a lease that was settled as a success is over, however it ended; exactly once.
     *
     * @param inputTokens what the answer says was read; the estimate stands if it does not
     * @param microdollars what the exchange cost, in millionths of a dollar, 0 if unknown
     */
    public void finished(KeyLease lease, OptionalLong inputTokens, long microdollars) {
        Lineup lineup = current;
        UpstreamKey key = lineup.roster().lent(lease);
        if (key == null) {
            leavers.ended(lease);
            return;
        }
        key.inFlight().decrementAndGet();
        if (key.project().id().equals(lease.project())) {
            lineup.roster()
                    .lane(lease.model())
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
        return current.disable(id, now(), changes);
    }

    /**
     * An operator takes a key back into service: what was held against the key itself is forgotten,
     * rests of its project stay.
     *
     * @return false if there is no such key
     */
    public boolean enable(KeyId id) {
        return current.enable(id, now(), changes);
    }

    /**
     * Keys that do not come back by the passing of time, and that nobody asked for a while. Those
     * that Google refuses: the first time five minutes after the refusal, then ever later, up to
     * six hours. Those whose breaker would let a request find out: when none came for a minute.
     */
    public List<KeyId> probesDue() {
        return probes.due(current.roster(), now());
    }

    /** A key for one probe, whatever its state; settled with {@link #probed} and nothing else. */
    public Optional<KeyLease> lendForProbe(KeyId id) {
        return current.roster().leaseForProbe(id, now());
    }

    /**
     * What came of a probe. One that worked ends what does not end by itself, and closes the
     * breaker; quotas stay as they are, since probes do not ask for them.
     */
    public void probed(KeyLease lease, AttemptOutcome outcome) {
        Lineup lineup = current;
        UpstreamKey key = lineup.roster().lent(lease);
        if (key == null) {
            return;
        }
        Moment now = now();
        probes.asked(lease.key(), now.nanos());
        changes.during(key, now, () -> lineup.learning().probed(key, lease, outcome, now));
    }

    /** What must survive a restart. */
    public PoolState snapshot() {
        return current.memory().snapshot(now());
    }

    /** Takes up what an earlier run knew; keys and projects that are gone are dropped. */
    public void restore(PoolState state) {
        current.memory().restore(state, now());
    }

    /** All there is to see of each key, in the order of the configuration. */
    public List<KeyView> views() {
        Moment now = now();
        Lineup lineup = current;
        return lineup.roster().keys().stream().map(key -> lineup.views().of(key, now)).toList();
    }

    /** All there is to see of a key. */
    public Optional<KeyView> view(KeyId id) {
        Lineup lineup = current;
        UpstreamKey key = lineup.roster().key(id);
        return key == null ? Optional.empty() : Optional.of(lineup.views().of(key, now()));
    }

    /** How many keys there are. */
    public int size() {
        return current.roster().keys().size();
    }

    /**
     * The keys that cannot serve a wish and why, some by name, as of about now; cheap enough to be
     * asked for each request.
     */
    public SkippedKeys passedOver(LendingWish wish) {
        return current.passedOver().of(wish, now());
    }

    /** The state of each key, in the order of the configuration. */
    public List<KeyStatus> status() {
        Moment now = now();
        return current.roster().keys().stream().map(key -> KeyStates.status(key, now)).toList();
    }

    /** Whether some key can serve, now or after a rest. */
    public boolean anyUsable() {
        long millis = now().millis();
        for (UpstreamKey key : current.roster().keys()) {
            if (key.usable(millis)) {
                return true;
            }
        }
        return false;
    }

    private Moment now() {
        return clock.now();
    }
}
