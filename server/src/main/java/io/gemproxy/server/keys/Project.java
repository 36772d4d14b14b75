package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.keys.quota.LimitsConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Google project: its keys share one quota per model, so they rest together. */
final class Project {
    private final ProjectId id;
    private final ProjectMemory memory;
    private final Map<String, LimitsConfig> limits = new HashMap<>();
    private final List<UpstreamKey> keys = new ArrayList<>();
    private @Nullable BillingAccount account;

    Project(ProjectId id, ProjectMemory memory) {
        this.id = id;
        this.memory = memory;
    }

    /** While the pool is built; not safe for use by many threads. */
    void add(UpstreamKey key, @Nullable BillingAccount itsAccount) {
        keys.add(key);
        account = account == null ? itsAccount : account;
        key.config().limits().forEach((model, of) -> limits.merge(model, of, LimitsConfig::and));
    }

    /** All keys are added: from now on their limits hold. */
    void complete() {
        memory.configure(limits);
    }

    ProjectId id() {
        return id;
    }

    ProjectMemory memory() {
        return memory;
    }

    Rest rest() {
        return memory.rest();
    }

    List<UpstreamKey> keys() {
        return keys;
    }

    @Nullable BillingAccount account() {
        return account;
    }

    /** A number for whose turn it is within the project. */
    int turn() {
        return memory.turn();
    }

    Allotment allotment(Optional<ModelName> model) {
        return memory.allotment(model);
    }

    Iterable<Allotment> allotments() {
        return memory.allotments();
    }
}
