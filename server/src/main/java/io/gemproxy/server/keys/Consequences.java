package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.AttemptOutcome;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What an outcome means for key, project and model: exactly what it names rests, and only so long.
 */
final class Consequences {
    /** Minute quotas without RetryInfo: half a window is the expected wait. */
    private static final Duration MINUTE_QUOTA = Duration.ofSeconds(30);

    private static final Duration UNKNOWN_QUOTA = Duration.ofSeconds(5);
    private static final Duration NO_QUOTA = Duration.ofHours(24);
    private static final Duration PROJECT = Duration.ofMinutes(5);

    /** Said of a key for one method or for reasons unknown: it rests, and is asked again. */
    private static final Set<String> MAY_BE_THE_METHOD =
            Set.of("API_KEY_SERVICE_BLOCKED", "UNAUTHENTICATED");

    private static final Duration METHOD_REFUSED = Duration.ofMinutes(1);
    private static final Duration WITHOUT_MODEL = Duration.ofSeconds(10);

    private final InstantSource clock;

    Consequences(InstantSource clock) {
        this.clock = clock;
    }

    List<Block> of(KeyLease lease, AttemptOutcome outcome) {
        return switch (outcome) {
            case AttemptOutcome.KeyRefused refused ->
                    List.of(
                            new Block(
                                    new Scope.Key(lease.key()),
                                    refused.reason(),
                                    MAY_BE_THE_METHOD.contains(refused.reason())
                                            ? clock.instant().plus(METHOD_REFUSED)
                                            : Instant.MAX,
                                    false));
            case AttemptOutcome.ProjectRefused refused ->
                    List.of(
                            new Block(
                                    new Scope.InProject(lease.project()),
                                    refused.reason(),
                                    clock.instant().plus(refused.retryAfter().orElse(PROJECT)),
                                    false));
            case AttemptOutcome.QuotaExceeded quota -> List.of(block(lease, quota));
            case AttemptOutcome.Succeeded _,
                    AttemptOutcome.ServerFault _,
                    AttemptOutcome.Unreachable _,
                    AttemptOutcome.ClientFault _,
                    AttemptOutcome.Overloaded _,
                    AttemptOutcome.EgressRefused _,
                    AttemptOutcome.Abandoned _ ->
                    List.of();
        };
    }

    private Block block(KeyLease lease, AttemptOutcome.QuotaExceeded quota) {
        Optional<Scope> ofModel =
                lease.model().map(model -> new Scope.ProjectModel(lease.project(), model));
        return new Block(
                ofModel.orElseGet(() -> new Scope.InProject(lease.project())),
                "quota_" + quota.period().name().toLowerCase(Locale.ROOT),
                clock.instant().plus(bounded(wait(quota), lease)),
                true);
    }

    /** The quota id says which window is full; RetryInfo is believed within it. */
    private Duration wait(AttemptOutcome.QuotaExceeded quota) {
        return switch (quota.period()) {
            case MINUTE -> quota.retryAfter().orElse(MINUTE_QUOTA);
            case DAY -> PacificDay.untilItsEnd(clock.instant());
            case NONE -> NO_QUOTA;
            case UNKNOWN -> quota.retryAfter().orElse(UNKNOWN_QUOTA);
        };
    }

    /**
     * Without a model the quota may be one of uploads or files, which says nothing about models.
     */
    private static Duration bounded(Duration wait, KeyLease lease) {
        return lease.model().isEmpty() && wait.compareTo(WITHOUT_MODEL) > 0 ? WITHOUT_MODEL : wait;
    }
}
