package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.gemini.ModelName;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which configured projects seem to be one project at Google: errors about their keys name the same
 * one, or again and again a quota ends for both within seconds although neither used it up alone.
 * Said, not acted on. Safe for use by many threads.
 */
final class SharedProjects {
    private static final long TOGETHER = Duration.ofSeconds(5).toNanos();
    private static final int TIMES = 3;
    private static final int REMEMBERED = 64;
    private static final int MOST_PAIRS = 10_000;

    /** Whoever used this share of a limit used it up alone. */
    private static final double ALONE = 0.8;

    private record Refusal(ProjectId project, ModelName model, String quota, long at) {}

    private record Pair(ProjectId one, ProjectId other) {
        static Pair of(ProjectId a, ProjectId b) {
            return a.value().compareTo(b.value()) < 0 ? new Pair(a, b) : new Pair(b, a);
        }
    }

    private final Deque<Refusal> recent = new ArrayDeque<>();
    private final Map<Pair, Integer> coincidences = new HashMap<>();
    private final Map<Object, Map<KeyId, ProjectId>> named = new HashMap<>();

    /**
     * An error about a key named the project it belongs to.
     *
     * @param theirs Google's name of it, compared only
     */
    synchronized void named(KeyId key, ProjectId ours, Object theirs) {
        named.values().forEach(keys -> keys.remove(key));
        named.computeIfAbsent(theirs, _ -> new HashMap<>()).put(key, ours);
    }

    /**
     * A quota of a project ended.
     *
     * @param quota which one, a stable word
     * @param usedShare what we used of its limit by our own count
     */
    synchronized void exhausted(
            ProjectId project, ModelName model, String quota, double usedShare, long now) {
        recent.removeIf(refusal -> now - refusal.at() > TOGETHER);
        if (usedShare >= ALONE) {
            return;
        }
        Set<ProjectId> others = new HashSet<>();
        boolean seen = false;
        for (Refusal refusal : recent) {
            if (refusal.model().equals(model) && refusal.quota().equals(quota)) {
                seen |= refusal.project().equals(project);
                others.add(refusal.project());
            }
        }
        others.remove(project);
        if (!seen) {
            others.forEach(other -> coincide(Pair.of(project, other)));
        }
        recent.addLast(new Refusal(project, model, quota, now));
        if (recent.size() > REMEMBERED) {
            recent.removeFirst();
        }
    }

    private void coincide(Pair pair) {
        if (coincidences.size() < MOST_PAIRS || coincidences.containsKey(pair)) {
            coincidences.merge(pair, 1, Integer::sum);
        }
    }

    /** Forgets what it knows of keys and projects that are in the pool no more. */
    synchronized void retain(Set<KeyId> keys, Set<ProjectId> projects) {
        named.values().forEach(of -> of.keySet().retainAll(keys));
        named.values().removeIf(Map::isEmpty);
        coincidences
                .keySet()
                .removeIf(it -> !projects.contains(it.one()) || !projects.contains(it.other()));
    }

    /** Projects that seem to be the same one as this. */
    synchronized List<ProjectId> suspected(ProjectId project) {
        Set<ProjectId> others = new HashSet<>();
        for (Map<KeyId, ProjectId> keys : named.values()) {
            if (keys.containsValue(project)) {
                others.addAll(keys.values());
            }
        }
        coincidences.forEach((pair, times) -> {
            if (times >= TIMES && pair.one().equals(project)) {
                others.add(pair.other());
            } else if (times >= TIMES && pair.other().equals(project)) {
                others.add(pair.one());
            }
        });
        others.remove(project);
        List<ProjectId> sorted = new ArrayList<>(others);
        sorted.sort(Comparator.comparing(ProjectId::value));
        return List.copyOf(sorted);
    }

    /** Whether keys configured as one project were named with different ones. */
    synchronized boolean isDivided(ProjectId project) {
        return named.values().stream()
                        .map(Map::values)
                        .filter((Collection<ProjectId> ours) -> ours.contains(project))
                        .count()
                > 1;
    }
}
