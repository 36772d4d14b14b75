package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.keys.quota.Moment;
import io.gemproxy.server.keys.selection.Turns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /**
     * @param strict whether keys without room under known limits are left out of the turns
     */
    Roster(KeysConfig config, boolean strict, Instant now, Inheritance inherited) {
        this.strict = strict;
        for (KeyConfig key : config.keys()) {
            Project project =
                    projects.computeIfAbsent(
                            key.project(), it -> new Project(it, inherited.memory(it)));
            BillingAccount account =
                    key.billingAccount()
                            .map(name -> accounts.computeIfAbsent(name, inherited::account))
                            .orElse(null);
            KeyMemory memory = inherited.memory(key, now);
            memory.configure(key, config.breaker());
            UpstreamKey pooled = new UpstreamKey(key, keys.size(), project, memory);
            project.add(pooled, account);
            keys.add(pooled);
            byId.put(key.id(), pooled);
        }
        projects.values().forEach(Project::complete);
        order = Turns.of(keys.stream().map(key -> key.config().weight()).toList());
        anyModel = inherited.lane(Optional.empty(), keys, order, strict);
        inherited
                .models()
                .limit(mostLanes())
                .forEach(model ->
                        lanes.put(model, inherited.lane(Optional.of(model), keys, order, strict)));
    }

    List<UpstreamKey> keys() {
        return keys;
    }

    Set<KeyId> keyIds() {
        return byId.keySet();
    }

    Set<ProjectId> projectIds() {
        return projects.keySet();
    }

    @Nullable UpstreamKey key(KeyId id) {
        return byId.get(id);
    }

    /**
     * The key of a lease, null if it is in the pool no more, or another pool lent it. A key that
     * went and came back is another one: it does not answer for what was lent before.
     */
    @SuppressWarnings("ReferenceEquality")
    @Nullable UpstreamKey lent(KeyLease lease) {
        UpstreamKey key = lease.place() < keys.size() ? keys.get(lease.place()) : null;
        if (key == null || !key.id().equals(lease.key())) {
            key = byId.get(lease.key());
        }
        return key != null && key.secret() == lease.secret() ? key : null;
    }

    /** A key whatever its state. */
    Optional<KeyLease> leaseForProbe(KeyId id, Moment now) {
        return Optional.ofNullable(byId.get(id))
                .map(key ->
                        new KeyLease(
                                id,
                                key.project().id(),
                                key.secret(),
                                Optional.empty(),
                                now.nanos(),
                                0,
                                key.index()));
    }

    /** What is known of keys that another roster has no more. */
    List<KeyMemory> without(Roster other) {
        Set<KeyMemory> stay = Collections.newSetFromMap(new IdentityHashMap<>());
        other.keys.forEach(key -> stay.add(key.memory()));
        return keys.stream().map(UpstreamKey::memory).filter(it -> !stay.contains(it)).toList();
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
        if (lanes.size() >= mostLanes()) {
            return anyModel;
        }
        return lanes.computeIfAbsent(
                model.get(), it -> new Lane(Optional.of(it), keys, order, strict));
    }

    private int mostLanes() {
        return Math.clamp(MOST_SEATS / Math.max(1, keys.size()), 8, MOST_MODELS);
    }

    /** Every model seen so far, and requests without one. */
    List<Lane> lanes() {
        List<Lane> all = new ArrayList<>(lanes.values());
        all.add(anyModel);
        return all;
    }
}
