package io.gemproxy.server;

import io.gemproxy.server.admin.KeyReport;
import io.gemproxy.server.exchange.ErrorExcerpt;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.keys.KeyConfig;
import io.gemproxy.server.keys.KeyState;
import io.gemproxy.server.keys.KeyView;
import io.gemproxy.server.keys.LastError;
import io.gemproxy.server.keys.quota.QuotaDay;
import io.gemproxy.server.keys.quota.QuotaDimension;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Supplier;

/** Puts what the pool knows of a key into the words of the admin API. */
final class KeyReports {
    /** The pool looks at these again after a while, but time alone does not mend them. */
    private static final Set<String> MENDED_BY_HAND =
            Set.of(
                    "service_disabled",
                    "billing_disabled",
                    "prepaid_credits_depleted",
                    "monthly_cap",
                    "api_key_service_blocked",
                    "expired");

    private final Supplier<List<KeyConfig>> keys;
    private final InstantSource clock;
    private volatile LastDays lastDays = new LastDays(List.of(), Map.of());

    /** Of the keys of one configuration. */
    private record LastDays(List<KeyConfig> keys, Map<KeyId, LocalDate> byKey) {}

    /**
     * @param keys as they are configured now
     */
    KeyReports(Supplier<List<KeyConfig>> keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    KeyReport of(KeyView key) {
        String id = key.id().value();
        return new KeyReport(
                id,
                key.project().value(),
                key.billingAccount(),
                key.tier(),
                key.weight(),
                key.share(),
                key.state().word(),
                key.state().since(),
                key.state().until().filter(KeyReports::comes),
                key.state().reason(),
                needsOperator(key.state()),
                nextStep(id, key.state()),
                key.lastError().map(KeyReports::lastError),
                key.health(),
                new KeyReport.Breaker(
                        key.breaker().name().toLowerCase(Locale.ROOT), key.breakerTrips()),
                key.inFlight(),
                key.requests(),
                key.failures(),
                today(key),
                key.requestsPerMinuteLimit(),
                key.requestsLastMinute(),
                key.models().stream().map(KeyReports::model).toList(),
                key.suspectedSharedWith().stream().map(project -> project.value()).toList(),
                lastDay(key.id()),
                key.warnings());
    }

    private Optional<LocalDate> lastDay(KeyId id) {
        List<KeyConfig> now = keys.get();
        LastDays known = lastDays;
        if (!known.keys().equals(now)) {
            Map<KeyId, LocalDate> byKey = new HashMap<>();
            now.forEach(key -> key.expiresAt().ifPresent(day -> byKey.put(key.id(), day)));
            known = new LastDays(now, byKey);
            lastDays = known;
        }
        return Optional.ofNullable(known.byKey().get(id));
    }

    private static KeyReport.LastError lastError(LastError error) {
        return new KeyReport.LastError(
                error.at(),
                error.reason(),
                error.said().map(ErrorExcerpt::status),
                error.said().map(ErrorExcerpt::message).filter(text -> !text.isEmpty()));
    }

    /** The pool says {@link Instant#MAX} of what waiting does not help. */
    private static boolean comes(Instant until) {
        return !until.equals(Instant.MAX);
    }

    private static boolean needsOperator(KeyState state) {
        return switch (state) {
            case KeyState.Invalid _ -> true;
            case KeyState.Disabled _,
                    KeyState.Unhealthy _,
                    KeyState.RateLimited _,
                    KeyState.Healthy _ ->
                    state.reason().filter(MENDED_BY_HAND::contains).isPresent();
        };
    }

    private static Optional<String> nextStep(String id, KeyState state) {
        return state instanceof KeyState.Healthy
                ? Optional.empty()
                : Optional.of(
                        state.nextStep()
                                .replace("keys test'", "keys test " + id + "'")
                                .replace("keys enable'", "keys enable " + id + "'"));
    }

    private KeyReport.Today today(KeyView key) {
        return new KeyReport.Today(
                QuotaDay.of(clock.instant()).date(),
                key.models().stream().mapToLong(KeyView.OfModel::requestsToday).sum(),
                key.models().stream().mapToLong(KeyView.OfModel::tokensToday).sum());
    }

    private static KeyReport.Model model(KeyView.OfModel model) {
        List<KeyReport.Limit> limits =
                model.limits().stream()
                        .filter(limit -> limit.limit().isPresent() || limit.used() > 0)
                        .map(KeyReports::limit)
                        .toList();
        boolean known = model.limits().stream().anyMatch(limit -> limit.limit().isPresent());
        return new KeyReport.Model(
                model.model().value(),
                model.health(),
                model.latency()
                        .map(mean -> OptionalDouble.of(mean.toNanos() / 1_000_000.0))
                        .orElseGet(OptionalDouble::empty),
                model.blockedBy(),
                model.blockedUntil(),
                known || model.blockedBy().isPresent()
                        ? OptionalDouble.of(model.headroom())
                        : OptionalDouble.empty(),
                limits);
    }

    private static KeyReport.Limit limit(KeyView.Limit limit) {
        return new KeyReport.Limit(kind(limit.dimension()), limit.limit(), limit.used());
    }

    private static String kind(QuotaDimension dimension) {
        return switch (dimension) {
            case REQUESTS_PER_MINUTE -> "requests_per_minute";
            case TOKENS_PER_MINUTE -> "input_tokens_per_minute";
            case REQUESTS_PER_DAY -> "requests_per_day";
            case MICRODOLLARS_PER_TEN_MINUTES -> "microdollars_per_ten_minutes";
        };
    }
}
