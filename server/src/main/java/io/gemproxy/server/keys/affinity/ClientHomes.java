package io.gemproxy.server.keys.affinity;

import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.keys.KeyConfig;
import io.gemproxy.server.keys.KeysConfig;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The order in which an owner's new things are offered to the projects: weighted rendezvous
 * hashing, so that an owner keeps its home over restarts without a table, and loses it only with
 * the project itself.
 */
public final class ClientHomes {
    private static final double MANTISSA = 0x1.0p-53;

    private volatile Map<ProjectId, Integer> weights;

    /**
     * @param weights of each project, relative to the others
     */
    ClientHomes(Map<ProjectId, Integer> weights) {
        this.weights = weights;
    }

    /** A project weighs what its keys weigh together. */
    public static ClientHomes of(KeysConfig keys) {
        return new ClientHomes(weights(keys));
    }

    /** The projects of another configuration; whoever keeps its project keeps its home. */
    public void reconfigure(KeysConfig keys) {
        weights = weights(keys);
    }

    private static Map<ProjectId, Integer> weights(KeysConfig keys) {
        Map<ProjectId, Integer> weights = new LinkedHashMap<>();
        for (KeyConfig key : keys.keys()) {
            weights.merge(key.project(), key.weight(), Integer::sum);
        }
        return weights;
    }

    /** All projects, the home first. */
    public List<ProjectId> orderFor(Owner owner) {
        return weights.entrySet().stream()
                .map(project ->
                        new Ranked(
                                project.getKey(),
                                score(owner, project.getKey(), project.getValue())))
                .sorted(Comparator.comparingDouble(Ranked::score).reversed())
                .map(Ranked::project)
                .toList();
    }

    /** How many projects there are. */
    public int size() {
        return weights.size();
    }

    /** The highest of these falls to a project with a probability of its share of the weights. */
    private static double score(Owner owner, ProjectId project, int weight) {
        long hash = mixed(hash(hash(FNV_OFFSET, owner.name()) * FNV_PRIME, project.value()));
        return -weight / Math.log(((hash >>> 11) + 0.5) * MANTISSA);
    }

    /** FNV-1a. */
    private static long hash(long start, String text) {
        long hash = start;
        for (byte next : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (next & 0xFF)) * FNV_PRIME;
        }
        return hash;
    }

    /** The finalizer of MurmurHash3: neighbours part. */
    private static long mixed(long hash) {
        long first = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        long second = (first ^ (first >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return second ^ (second >>> 33);
    }

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private record Ranked(ProjectId project, double score) {}
}
