package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.keys.selection.Turns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which key belongs to which project and account, and how each model sees them. */
final class Roster {
    private static final int MOST_MODELS = 256;
    private static final int MOST_SEATS = 500_000;

    private final List<UpstreamKey> keys = new ArrayList<>();
    private final Map<KeyId, UpstreamKey> byId = new HashMap<>();
    private final Map<ProjectId, Project> projects = new HashMap<>();
    private final Map<String, BillingAccount> accounts = new HashMap<>();
    private final Map<ModelName, Lane> lanes = new ConcurrentHashMap<>();
    private final boolean strict;
    private final int[] order;
    private final Lane anyModel;

    Roster(KeysConfig config, boolean strict, Instant now) {
        this.strict = strict;
        for (KeyConfig key : config.keys()) {
            Project project = projects.computeIfAbsent(key.project(), Project::new);
            BillingAccount account =
                    key.billingAccount()
                            .map(name ->
                                    accounts.computeIfAbsent(
                                            name, it -> new BillingAccount(it, new Rest())))
                            .orElse(null);
            UpstreamKey pooled = new UpstreamKey(key, keys.size(), project, config.breaker(), now);
            project.add(pooled, account);
            keys.add(pooled);
            byId.put(key.id(), pooled);
        }
        order = Turns.of(keys.stream().map(key -> key.config().weight()).toList());
        anyModel = new Lane(Optional.empty(), keys, order, strict);
    }

    List<UpstreamKey> keys() {
        return keys;
    }

    @Nullable UpstreamKey key(KeyId id) {
        return byId.get(id);
    }

    /** The key of a lease, null if another pool lent it. */
    @Nullable UpstreamKey lent(KeyLease lease) {
        if (lease.place() >= keys.size()) {
            return null;
        }
        UpstreamKey key = keys.get(lease.place());
        return key.id().equals(lease.key()) ? key : null;
    }

    @Nullable Project project(ProjectId id) {
        return projects.get(id);
    }

    Collection<Project> projects() {
        return projects.values();
    }

    @Nullable BillingAccount account(String name) {
        return accounts.get(name);
    }

    /** The name of the account a project is billed to, if the operator said. */
    Optional<String> accountOf(ProjectId id) {
        return Optional.ofNullable(projects.get(id))
                .map(Project::account)
                .map(BillingAccount::name);
    }

    Collection<BillingAccount> accounts() {
        return accounts.values();
    }

    /**
     * The keys as a model sees them. Models beyond a bound, which real ones never reach, are seen
     * like requests without a model.
     */
    Lane lane(Optional<ModelName> model) {
        if (model.isEmpty()) {
            return anyModel;
        }
        Lane known = lanes.get(model.get());
        if (known != null) {
            return known;
        }
        if (lanes.size() >= Math.clamp(MOST_SEATS / Math.max(1, keys.size()), 8, MOST_MODELS)) {
            return anyModel;
        }
        return lanes.computeIfAbsent(
                model.get(), it -> new Lane(Optional.of(it), keys, order, strict));
    }

    /** Every model seen so far, and requests without one. */
    List<Lane> lanes() {
        List<Lane> all = new ArrayList<>(lanes.values());
        all.add(anyModel);
        return all;
    }
}
