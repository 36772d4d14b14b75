package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.keys.quota.LimitsConfig;
import io.gemproxy.server.keys.quota.ModelQuota;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A Google project: its keys share one quota per model, so they rest together. */
final class Project {
    private final ProjectId id;
    private final Rest rest = new Rest();
    private final AtomicInteger cursor = new AtomicInteger();
    private final Map<Optional<ModelName>, Allotment> allotments = new ConcurrentHashMap<>();
    private final Map<String, LimitsConfig> limits = new HashMap<>();
    private final List<UpstreamKey> keys = new ArrayList<>();
    private @Nullable BillingAccount account;

    Project(ProjectId id) {
        this.id = id;
    }

    /** While the pool is built; not safe for use by many threads. */
    void add(UpstreamKey key, @Nullable BillingAccount itsAccount) {
        keys.add(key);
        account = account == null ? itsAccount : account;
        key.config().limits().forEach((model, of) -> limits.merge(model, of, LimitsConfig::and));
    }

    ProjectId id() {
        return id;
    }

    Rest rest() {
        return rest;
    }

    List<UpstreamKey> keys() {
        return keys;
    }

    @Nullable BillingAccount account() {
        return account;
    }

    /** A number for whose turn it is within the project. */
    int turn() {
        return cursor.getAndIncrement();
    }

    Allotment allotment(Optional<ModelName> model) {
        Allotment known = allotments.get(model);
        return known == null ? allotments.computeIfAbsent(model, this::fresh) : known;
    }

    Iterable<Allotment> allotments() {
        return allotments.values();
    }

    private Allotment fresh(Optional<ModelName> model) {
        LimitsConfig ofAny = limits.getOrDefault(KeyConfig.ANY_MODEL, LimitsConfig.NONE);
        LimitsConfig ofModel =
                model.map(name -> limits.getOrDefault(name.value(), ofAny))
                        .orElse(LimitsConfig.NONE);
        return new Allotment(model, new Rest(), new ModelQuota(ofModel));
    }
}
