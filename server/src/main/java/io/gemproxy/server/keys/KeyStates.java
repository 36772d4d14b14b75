package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.KeyStatus;
import io.gemproxy.server.keys.health.CircuitBreaker;
import io.gemproxy.server.keys.quota.Moment;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The state of a key, from what is known about it and its project. */
final class KeyStates {
    static final String BREAKER = "circuit_breaker";
    static final String BY_OPERATOR = "disabled_by_operator";
    static final String EXPIRED = "expired";

    /** A project that lacks one model is not held back for it. */
    private static final Set<String> LACKS_A_MODEL = Set.of("no_quota_for_model", "model_withheld");

    /** Reasons that are a matter of amounts; all quotas begin with {@code quota}. */
    private static final Set<String> AMOUNTS =
            Set.of("unknown_quota", "spend_rate", "monthly_cap", "prepaid_credits_depleted");

    private KeyStates() {}

    static KeyState of(UpstreamKey key, Moment now) {
        UpstreamKey.Disabling disabling = key.disabling();
        if (disabling != null) {
            return new KeyState.Disabled(disabling.since(), Optional.of(disabling.reason()));
        }
        if (key.expired(now.millis())) {
            return new KeyState.Disabled(key.since(), Optional.of(EXPIRED));
        }
        Cooldown rest = longest(key, now.nanos());
        if (rest != null && !rest.endsByItself()) {
            return new KeyState.Invalid(rest.since(), Optional.of(rest.reason()));
        }
        if (key.breaker().state() != CircuitBreaker.State.CLOSED) {
            Instant until =
                    Instant.ofEpochMilli(now.millis())
                            .plusNanos(key.breaker().opening(now.nanos()) - now.nanos());
            return new KeyState.Unhealthy(key.since(), Optional.of(until), Optional.of(BREAKER));
        }
        return rest == null ? new KeyState.Healthy(key.since()) : resting(rest);
    }

    private static KeyState resting(Cooldown rest) {
        Optional<Instant> until = Optional.of(rest.until());
        Optional<String> reason = Optional.of(rest.reason());
        return isAmount(rest.reason())
                ? new KeyState.RateLimited(rest.since(), until, reason)
                : new KeyState.Unhealthy(rest.since(), until, reason);
    }

    private static boolean isAmount(String reason) {
        String word = reason.toLowerCase(Locale.ROOT);
        return word.startsWith("quota") || AMOUNTS.contains(word);
    }

    /** The rest that binds longest of key, project, account and any model. */
    private static @Nullable Cooldown longest(UpstreamKey key, long now) {
        Cooldown longest = longer(key.rest().inForce(now), key.project().rest().inForce(now));
        BillingAccount account = key.project().account();
        longest = account == null ? longest : longer(longest, account.rest().inForce(now));
        if (longest != null && !longest.endsByItself()) {
            return longest;
        }
        for (Allotment allotment : key.project().allotments()) {
            Cooldown rest = allotment.rest().inForce(now);
            if (rest != null && rest.endsByItself() && !LACKS_A_MODEL.contains(rest.reason())) {
                longest = longer(longest, rest);
            }
        }
        return longest;
    }

    private static @Nullable Cooldown longer(@Nullable Cooldown a, @Nullable Cooldown b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return b.outlasts(a) ? b : a;
    }

    static KeyStatus status(UpstreamKey key, Moment now) {
        KeyState state = of(key, now);
        return new KeyStatus(
                key.id(),
                key.project().id(),
                key.config().weight(),
                state.word(),
                state.since(),
                state.until(),
                state.reason(),
                state instanceof KeyState.Invalid ? 0.0 : key.health().value(),
                key.use().requests(),
                key.use().failures(),
                key.config().maxRequestsPerMinute(),
                key.use().lastMinute(now.nanos()));
    }
}
