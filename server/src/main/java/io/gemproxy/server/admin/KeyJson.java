package io.gemproxy.server.admin;

import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.KeyStatus;
import io.gemproxy.server.exchange.ProjectId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** A pooled key as the admin API shows it: by its id, never by itself. */
record KeyJson(
        String id,
        String project,
        int weight,
        String state,
        Instant since,
        Optional<Instant> until,
        Optional<String> reason,
        double health,
        long requests,
        long failures,
        OptionalInt requestsPerMinuteLimit,
        long requestsLastMinute) {
    static KeyJson of(KeyStatus key) {
        KeyId id = key.id();
        ProjectId project = key.project();
        return new KeyJson(
                id.value(),
                project.value(),
                key.weight(),
                key.state(),
                key.since(),
                key.until(),
                key.reason(),
                key.health(),
                key.requests(),
                key.failures(),
                key.requestsPerMinuteLimit(),
                key.requestsLastMinute());
    }
}
