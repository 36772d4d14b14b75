package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.KeyStatus;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** The words an operator reads about a key. */
final class KeyStates {
    private KeyStates() {}

    static KeyStatus of(UpstreamKey key, LocalDate today, Instant wall, long now) {
        Optional<Cooldown> rest = key.resting(now).or(() -> key.project().longest(now));
        return new KeyStatus(
                key.id(),
                key.project().id(),
                key.weight(),
                word(key, today, rest.isPresent()),
                key.since(),
                rest.map(cooldown -> wall.plusNanos(cooldown.untilNanos() - now)),
                key.refusal().or(() -> rest.map(Cooldown::reason)),
                key.health(),
                key.requests(),
                key.failures(),
                key.config().maxRequestsPerMinute(),
                key.requestsLastMinute(now));
    }

    private static String word(UpstreamKey key, LocalDate today, boolean resting) {
        if (!key.usable(today)) {
            return key.refusal().isPresent() ? "Invalid" : "Disabled";
        }
        return resting ? "RateLimited" : "Healthy";
    }
}
