package io.gemproxy.server.keys;

import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.keys.quota.LimitsConfig;
import io.gemproxy.server.keys.quota.ModelQuota;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the pool has learnt about a project; it outlives every change of the configuration that
 * leaves the project a key. Safe for use by many threads.
 */
final class ProjectMemory {
    private final Rest rest = new Rest();
    private final AtomicInteger cursor = new AtomicInteger();
    private final Map<Optional<ModelName>, Allotment> allotments = new ConcurrentHashMap<>();
    private Map<String, LimitsConfig> limits = Map.of();

    /** What is configured from now on: by the name of a model, or for each that is not named. */
    synchronized void configure(Map<String, LimitsConfig> byModel) {
        limits = Map.copyOf(byModel);
        allotments.values().forEach(it -> it.quota().configure(limits(it.model())));
    }

    Rest rest() {
        return rest;
    }

    /** A number for whose turn it is within the project. */
    int turn() {
        return cursor.getAndIncrement();
    }

    Allotment allotment(Optional<ModelName> model) {
        Allotment known = allotments.get(model);
        return known == null ? fresh(model) : known;
    }

    Iterable<Allotment> allotments() {
        return allotments.values();
    }

    private synchronized Allotment fresh(Optional<ModelName> model) {
        return allotments.computeIfAbsent(
                model, it -> new Allotment(it, new Rest(), new ModelQuota(limits(it))));
    }

    private LimitsConfig limits(Optional<ModelName> model) {
        LimitsConfig ofAny = limits.getOrDefault(KeyConfig.ANY_MODEL, LimitsConfig.NONE);
        return model.map(name -> limits.getOrDefault(name.value(), ofAny))
                .orElse(LimitsConfig.NONE);
    }
}
