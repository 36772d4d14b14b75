package io.gemproxy.server.keys;

import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.keys.quota.ModelQuota;
import io.gemproxy.server.keys.quota.Moment;
import io.gemproxy.server.keys.quota.QuotaDimension;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts together what an operator may see of a key. */
final class KeyViews {
    private static final int SOON_DAYS = 14;

    private final Roster roster;
    private final SharedProjects shared;

    KeyViews(Roster roster, SharedProjects shared) {
        this.roster = roster;
        this.shared = shared;
    }

    KeyView of(UpstreamKey key, Moment now) {
        KeyConfig config = key.config();
        KeyState state = KeyStates.of(key, now);
        return new KeyView(
                key.id(),
                config.project(),
                config.billingAccount(),
                config.tier(),
                config.weight(),
                key.slowStart().share(now.nanos()),
                state,
                Optional.ofNullable(key.lastError()),
                state instanceof KeyState.Invalid ? 0.0 : key.health().value(),
                key.inFlight().get(),
                key.use().requests(),
                key.use().failures(),
                config.maxRequestsPerMinute(),
                key.use().lastMinute(now.nanos()),
                key.breaker().state(),
                key.breaker().trips(),
                models(key, now),
                shared.suspected(config.project()),
                warnings(key, now));
    }

    private List<KeyView.OfModel> models(UpstreamKey key, Moment now) {
        List<KeyView.OfModel> models = new ArrayList<>();
        for (Lane lane : roster.lanes()) {
            Seat seat = lane.seat(key);
            ModelQuota quota = seat.allotment().quota();
            Cooldown rest = seat.allotment().rest().inForce(now.nanos());
            boolean known = rest != null || quota.used(QuotaDimension.REQUESTS_PER_DAY, now) > 0;
            if (known && lane.model().isPresent()) {
                models.add(of(lane.model().get(), lane, seat, rest, now));
            }
        }
        models.sort(Comparator.comparing(model -> model.model().value()));
        return List.copyOf(models);
    }

    private static KeyView.OfModel of(
            ModelName model, Lane lane, Seat seat, @Nullable Cooldown rest, Moment now) {
        ModelQuota quota = seat.allotment().quota();
        List<KeyView.Limit> limits = new ArrayList<>();
        for (QuotaDimension dimension : QuotaDimension.values()) {
            limits.add(
                    new KeyView.Limit(
                            dimension, quota.used(dimension, now), quota.limit(dimension, now)));
        }
        return new KeyView.OfModel(
                model,
                seat.health().value(lane.usual()),
                latency(seat),
                Optional.ofNullable(rest).map(Cooldown::reason),
                Optional.ofNullable(rest).filter(Cooldown::endsByItself).map(Cooldown::until),
                rest == null ? quota.headroom(now, 0) : 0.0,
                quota.used(QuotaDimension.REQUESTS_PER_DAY, now),
                quota.tokensToday(now),
                List.copyOf(limits));
    }

    private static Optional<Duration> latency(Seat seat) {
        long nanos = Math.round(seat.health().latencyNanos());
        return nanos > 0 ? Optional.of(Duration.ofNanos(nanos)) : Optional.empty();
    }

    private List<String> warnings(UpstreamKey key, Moment now) {
        List<String> warnings = new ArrayList<>();
        LocalDate soon = now.day().date().plusDays(SOON_DAYS);
        if (!key.expired(now.millis()) && key.expiresBefore(soon)) {
            warnings.add("Its last day is " + key.config().expiresAt().orElseThrow() + ".");
        }
        if (shared.isDivided(key.config().project())) {
            warnings.add("Keys configured as one project belong to different ones at Google.");
        }
        return List.copyOf(warnings);
    }
}
