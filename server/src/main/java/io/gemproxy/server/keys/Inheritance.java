package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.keys.health.HealthScore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a roster takes over from the one before it: all that was learnt about keys, projects,
 * accounts and models that both know. A key is the same if id and secret are.
 */
final class Inheritance {
    private final @Nullable Roster before;

    Inheritance(@Nullable Roster before) {
        this.before = before;
    }

    /** Of another secret under the same id only that an operator switched the id off is kept. */
    KeyMemory memory(KeyConfig key, Instant now) {
        UpstreamKey old = before == null ? null : before.key(key.id());
        if (old != null && old.secret().equals(key.key())) {
            return old.memory();
        }
        KeyMemory fresh = new KeyMemory(key.key(), now);
        if (old != null) {
            fresh.disabling(old.disabling());
        }
        return fresh;
    }

    ProjectMemory memory(ProjectId id) {
        Project old = before == null ? null : before.project(id);
        return old == null ? new ProjectMemory() : old.memory();
    }

    BillingAccount account(String name) {
        BillingAccount old = before == null ? null : before.account(name);
        return old == null ? new BillingAccount(name, new Rest()) : old;
    }

    /** Every model that was seen. */
    Stream<ModelName> models() {
        return before == null
                ? Stream.empty()
                : before.lanes().stream().map(Lane::model).flatMap(Optional::stream);
    }

    Lane lane(Optional<ModelName> model, List<UpstreamKey> keys, int[] order, boolean strict) {
        if (before == null) {
            return new Lane(model, keys, order, strict);
        }
        Lane old = before.lane(model);
        return old.model().equals(model)
                ? new Lane(old, keys, order, strict, key -> health(old, key))
                : new Lane(model, keys, order, strict);
    }

    private HealthScore health(Lane lane, UpstreamKey key) {
        UpstreamKey old = before == null ? null : before.key(key.id());
        return old != null && old.memory() == key.memory()
                ? lane.seat(old).health()
                : new HealthScore();
    }
}
