package io.gemproxy.server.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** All values of one load by their path, a later layer replacing an earlier one. */
final class Leaves {
    private final Map<String, Leaf> byPath = new LinkedHashMap<>();
    private final Map<String, List<Spot>> entries = new HashMap<>();
    private final Map<String, Spot> sections = new LinkedHashMap<>();

    void put(Leaf leaf) {
        byPath.put(leaf.path(), leaf);
    }

    void remove(String path) {
        byPath.remove(path);
    }

    Optional<Leaf> find(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    Collection<Leaf> all() {
        return List.copyOf(byPath.values());
    }

    /** Notes where a section begins, for findings about what it lacks. */
    void section(String path, Spot spot) {
        sections.put(path, spot);
    }

    /** The section's own line, or the nearest line above it in the tree. */
    Spot sectionSpot(String path, Spot whole) {
        int dot = path.lastIndexOf('.');
        Spot spot = sections.get(path);
        if (spot != null) {
            return spot;
        }
        return dot < 0 ? whole : sectionSpot(path.substring(0, dot), whole);
    }

    /** Begins an entry of a list such as {@code gemini.api_keys} and gives its path. */
    String beginEntry(String list, Spot spot) {
        List<Spot> begun = entries.computeIfAbsent(list, _ -> new ArrayList<>());
        begun.add(spot);
        return entryPath(list, begun.size() - 1);
    }

    /** Where each entry of a list begins. */
    List<Spot> entries(String list) {
        return List.copyOf(entries.getOrDefault(list, List.of()));
    }

    /** The path of each entry of a list. */
    List<String> entryPaths(String list) {
        return IntStream.range(0, entries(list).size()).mapToObj(i -> entryPath(list, i)).toList();
    }

    static String entryPath(String list, int index) {
        return list + "[" + index + "]";
    }
}
