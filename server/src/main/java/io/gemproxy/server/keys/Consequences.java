package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.AttemptOutcome.Abandoned;
import io.gemproxy.server.exchange.AttemptOutcome.ClientFault;
import io.gemproxy.server.exchange.AttemptOutcome.EgressRefused;
import io.gemproxy.server.exchange.AttemptOutcome.KeyRefused;
import io.gemproxy.server.exchange.AttemptOutcome.Overloaded;
import io.gemproxy.server.exchange.AttemptOutcome.ProjectRefused;
import io.gemproxy.server.exchange.AttemptOutcome.QuotaExceeded;
import io.gemproxy.server.exchange.AttemptOutcome.ServerFault;
import io.gemproxy.server.exchange.AttemptOutcome.Succeeded;
import io.gemproxy.server.exchange.AttemptOutcome.Unreachable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;

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
    private static final Duration LONGEST = Duration.ofDays(32);

    private final InstantSource clock;
    private final LongSupplier nanoTime;

    Consequences(InstantSource clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    void draw(UpstreamKey key, KeyLease lease, AttemptOutcome outcome) {
        switch (outcome) {
            case Succeeded _ -> key.succeeded();
            case KeyRefused refused -> {
                if (MAY_BE_THE_METHOD.contains(refused.reason())) {
                    key.rest(cooldown(METHOD_REFUSED, refused.reason()));
                } else {
                    key.refused(refused.reason(), clock.instant());
                }
            }
            case ProjectRefused refused -> {
                key.failed();
                key.project()
                        .rest(cooldown(refused.retryAfter().orElse(PROJECT), refused.reason()));
            }
            case QuotaExceeded quota -> {
                key.failed();
                key.project()
                        .rest(
                                lease.model(),
                                cooldown(bounded(wait(quota), lease), reason(quota)),
                                nanoTime.getAsLong());
            }
            case ServerFault _ -> key.failed();
            case Unreachable _, ClientFault _, Overloaded _, EgressRefused _, Abandoned _ -> {}
        }
    }

    /** The quota id says which window is full; RetryInfo is believed within it. */
    private Duration wait(QuotaExceeded quota) {
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

    private static String reason(QuotaExceeded quota) {
        return "quota_" + quota.period().name().toLowerCase(Locale.ROOT);
    }

    private Cooldown cooldown(Duration wait, String reason) {
        Duration bounded = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
        return new Cooldown(nanoTime.getAsLong() + bounded.toNanos(), reason);
    }
}
