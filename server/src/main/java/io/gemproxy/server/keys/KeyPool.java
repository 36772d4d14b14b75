package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.KeyStatus;

import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The pool of Gemini keys: lends the next one, learns from what came of it. Safe for use by many
 * threads.
 */
public final class KeyPool {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<KeyId, UpstreamKey> keys = new LinkedHashMap<>();
    private final SelectionPolicy policy;
    private final Consequences consequences;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Consumer<KeyStatus> changed;

    /**
     * A pool in which every key is fresh.
     *
     * @param clock wall clock, for expiry and the end of the quota day
     * @param nanoTime monotonic clock, for rests and limits
     * @param changed is told the new state of a key, outside the pool's lock
     */
    public KeyPool(
            KeysConfig config,
            InstantSource clock,
            LongSupplier nanoTime,
            Consumer<KeyStatus> changed) {
        this.changed = changed;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.consequences = new Consequences(clock, nanoTime);
        this.policy =
                switch (config.selection()) {
                    case WEIGHTED_ROUND_ROBIN -> new WeightedRoundRobin();
                };
        Map<Object, Project> projects = new LinkedHashMap<>();
        for (KeyConfig key : config.keys()) {
            Project project =
                    projects.computeIfAbsent(key.project(), id -> new Project(key.project()));
            keys.put(key.id(), new UpstreamKey(key, project, clock.instant()));
        }
    }

    /** Lends a key that may serve the wish now, or says when one opens. Never blocks on I/O. */
    public Lending lend(LendingWish wish) {
        return locked(() -> {
            long now = nanoTime.getAsLong();
            LocalDate today = PacificDay.date(clock.instant());
            List<UpstreamKey> free = new ArrayList<>(keys.size());
            Shortage shortage = new Shortage(now);
            for (UpstreamKey key : keys.values()) {
                consider(key, wish, today, now, free, shortage);
            }
            return free.isEmpty()
                    ? shortage.asLending()
                    : new Lending.Lent(take(policy.choose(preferred(free, wish)), wish, now));
        });
    }

    /** Whether {@link #lend} would lend now; nothing is taken. */
    public boolean canServe(LendingWish wish) {
        return locked(() -> {
            long now = nanoTime.getAsLong();
            LocalDate today = PacificDay.date(clock.instant());
            return keys.values().stream()
                    .anyMatch(key ->
                            wish.admits(key)
                                    && !wish.tried().contains(key.id())
                                    && key.usable(today)
                                    && key.opening(wish.model(), now) - now <= 0);
        });
    }

    /**
     * How long until some key may serve the wish, tried or not; zero if one may now, empty if none
     * ever will.
     */
    public Optional<Duration> earliestOpening(LendingWish wish) {
        return locked(() -> {
            long now = nanoTime.getAsLong();
            LocalDate today = PacificDay.date(clock.instant());
            return keys.values().stream()
                    .filter(key -> wish.admits(key) && key.usable(today))
                    .map(key -> Duration.ofNanos(Math.max(0, key.opening(wish.model(), now) - now)))
                    .min(Duration::compareTo);
        });
    }

    /**
     * Tells the pool what came of a lease: once per lease, and once more if an answer that began
     * well turned into an error.
     */
    public void settle(KeyLease lease, AttemptOutcome outcome) {
        locked(() -> learn(lease, outcome)).ifPresent(changed);
    }

    /** The new state of the key, if the outcome changed it. */
    private Optional<KeyStatus> learn(KeyLease lease, AttemptOutcome outcome) {
        UpstreamKey key = keys.get(lease.key());
        if (key == null) {
            return Optional.empty();
        }
        if (outcome instanceof AttemptOutcome.Succeeded) {
            key.succeeded();
            return Optional.empty();
        }
        KeyStatus before = status(key);
        consequences.draw(key, lease, outcome);
        KeyStatus after = status(key);
        return Optional.of(after).filter(now -> !now.state().equals(before.state()));
    }

    private KeyStatus status(UpstreamKey key) {
        return KeyStates.of(
                key, PacificDay.date(clock.instant()), clock.instant(), nanoTime.getAsLong());
    }

    /** The state of each key, in the order of the configuration. */
    public List<KeyStatus> status() {
        return locked(() -> {
            long now = nanoTime.getAsLong();
            LocalDate today = PacificDay.date(clock.instant());
            return keys.values().stream()
                    .map(key -> KeyStates.of(key, today, clock.instant(), now))
                    .toList();
        });
    }

    /** Whether some key can serve, now or after a rest. */
    public boolean anyUsable() {
        return locked(() -> {
            LocalDate today = PacificDay.date(clock.instant());
            return keys.values().stream().anyMatch(key -> key.usable(today));
        });
    }

    private static void consider(
            UpstreamKey key,
            LendingWish wish,
            LocalDate today,
            long now,
            List<UpstreamKey> free,
            Shortage shortage) {
        if (!wish.admits(key)) {
            return;
        }
        if (wish.tried().contains(key.id())) {
            shortage.tried();
        } else if (!key.usable(today)) {
            shortage.unusable();
        } else {
            long opening = key.opening(wish.model(), now);
            if (opening - now <= 0) {
                free.add(key);
            } else {
                shortage.opensAt(opening);
            }
        }
    }

    private static List<UpstreamKey> preferred(List<UpstreamKey> free, LendingWish wish) {
        for (Preference preference : wish.preferences()) {
            List<UpstreamKey> its =
                    free.stream()
                            .filter(key -> key.project().id().equals(preference.project()))
                            .toList();
            if (!its.isEmpty()) {
                return its;
            }
        }
        return free;
    }

    private static KeyLease take(UpstreamKey key, LendingWish wish, long now) {
        key.lent(now);
        return new KeyLease(key.id(), key.project().id(), key.secret(), wish.model());
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** What stood in the way of each key, summed up. */
    private static final class Shortage {
        private final long now;
        private boolean tried;
        private boolean unusable;
        private Optional<Long> opening = Optional.empty();

        Shortage(long now) {
            this.now = now;
        }

        void tried() {
            tried = true;
        }

        void unusable() {
            unusable = true;
        }

        void opensAt(long nanos) {
            opening = Optional.of(opening.map(old -> old - nanos < 0 ? old : nanos).orElse(nanos));
        }

        Lending asLending() {
            if (opening.isPresent()) {
                Optional<Duration> wait = opening.map(nanos -> Duration.ofNanos(nanos - now));
                return new Lending.Exhausted(
                        tried ? Lending.Reason.ALL_TRIED : Lending.Reason.COOLING, wait);
            }
            return new Lending.Exhausted(withoutOpening(), Optional.empty());
        }

        private Lending.Reason withoutOpening() {
            if (tried) {
                return Lending.Reason.ALL_TRIED;
            }
            return unusable ? Lending.Reason.NO_USABLE_KEY : Lending.Reason.PROJECT_GONE;
        }
    }
}
