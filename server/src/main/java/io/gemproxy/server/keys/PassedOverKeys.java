package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.PassedOver;
import io.gemproxy.server.exchange.SkippedKeys;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.keys.quota.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Names the keys that cannot serve a wish, and why. All requests of about the same time share one
 * look at the pool, so that explaining each of them costs next to nothing. Safe for use by many
 * threads.
 */
final class PassedOverKeys {
    static final String ALREADY_TRIED = "already_tried";
    static final String OWN_LIMIT = "requests_per_minute";

    private static final long OLDEST = Duration.ofMillis(250).toNanos();

    private record Look(long atNanos, SkippedKeys found) {}

    private final Roster roster;
    private final Map<Optional<ModelName>, Look> looks = new ConcurrentHashMap<>();

    PassedOverKeys(Roster roster) {
        this.roster = roster;
    }

    /**
     * The keys that could not serve, those this request tried first, as they were up to a quarter
     * of a second ago.
     */
    SkippedKeys of(LendingWish wish, Moment now) {
        SkippedKeys found =
                wish.key().isPresent() || wish.project().isPresent()
                        ? look(wish, now)
                        : shared(wish, now);
        return wish.tried().isEmpty() ? found : afterTried(wish, found);
    }

    private static SkippedKeys afterTried(LendingWish wish, SkippedKeys found) {
        Tally tally = new Tally(found.more());
        for (KeyId key : wish.tried()) {
            tally.add(new PassedOver(key, ALREADY_TRIED, Optional.empty()));
        }
        for (PassedOver key : found.named()) {
            if (!wish.tried().contains(key.key())) {
                tally.add(key);
            }
        }
        return tally.sum();
    }

    private SkippedKeys shared(LendingWish wish, Moment now) {
        Optional<ModelName> model = roster.lane(wish.model()).model();
        Look last = looks.get(model);
        if (last == null || now.nanos() - last.atNanos() > OLDEST) {
            last = new Look(now.nanos(), look(wish, now));
            looks.put(model, last);
        }
        return last.found();
    }

    private SkippedKeys look(LendingWish wish, Moment now) {
        Lane lane = roster.lane(wish.model());
        Tally tally = new Tally(List.of());
        for (Seat seat : lane.seats()) {
            if (wish.admits(seat.key())) {
                reason(lane, seat, now).ifPresent(tally::add);
            }
        }
        return tally.sum();
    }

    /** Names the first and counts the others. */
    private static final class Tally {
        private final List<PassedOver> named = new ArrayList<>();
        private final Map<String, Integer> more = new HashMap<>();

        Tally(List<SkippedKeys.Count> counted) {
            counted.forEach(count -> more.put(count.reason(), count.keys()));
        }

        void add(PassedOver key) {
            if (named.size() < SkippedKeys.MOST_NAMED) {
                named.add(key);
            } else {
                more.merge(key.reason(), 1, Integer::sum);
            }
        }

        SkippedKeys sum() {
            if (named.isEmpty()) {
                return SkippedKeys.NONE;
            }
            return new SkippedKeys(
                    named,
                    more.entrySet().stream()
                            .map(it -> new SkippedKeys.Count(it.getKey(), it.getValue()))
                            .sorted(
                                    Comparator.comparingInt(SkippedKeys.Count::keys)
                                            .reversed()
                                            .thenComparing(SkippedKeys.Count::reason))
                            .toList());
        }
    }

    private static Optional<PassedOver> reason(Lane lane, Seat seat, Moment now) {
        UpstreamKey key = seat.key();
        if (key.disabling() != null || key.expired(now.millis())) {
            return Optional.of(of(key, KeyStates.of(key, now)));
        }
        Cooldown rest = longest(lane, seat, now.nanos());
        if (rest != null) {
            Optional<Instant> until =
                    rest.endsByItself() ? Optional.of(rest.until()) : Optional.empty();
            return Optional.of(new PassedOver(key.id(), rest.reason(), until));
        }
        if (!key.breaker().admits(now.nanos())) {
            return Optional.of(
                    new PassedOver(
                            key.id(),
                            KeyStates.BREAKER,
                            Optional.of(at(key.breaker().opening(now.nanos()), now))));
        }
        long opening = key.use().opening(now.nanos());
        return opening - now.nanos() <= 0
                ? Optional.empty()
                : Optional.of(new PassedOver(key.id(), OWN_LIMIT, Optional.of(at(opening, now))));
    }

    private static PassedOver of(UpstreamKey key, KeyState state) {
        return new PassedOver(key.id(), state.reason().orElse(state.word()), state.until());
    }

    private static @Nullable Cooldown longest(Lane lane, Seat seat, long now) {
        UpstreamKey key = seat.key();
        BillingAccount account = key.project().account();
        Cooldown longest = longer(key.rest().inForce(now), key.project().rest().inForce(now));
        longest = longer(longest, seat.allotment().rest().inForce(now));
        longest = longer(longest, lane.rest().inForce(now));
        return account == null ? longest : longer(longest, account.rest().inForce(now));
    }

    private static @Nullable Cooldown longer(@Nullable Cooldown a, @Nullable Cooldown b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return b.outlasts(a) ? b : a;
    }

    private static Instant at(long nanos, Moment now) {
        return Instant.ofEpochMilli(now.millis()).plusNanos(nanos - now.nanos());
    }
}
