package io.gemproxy.server.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All values of one load by their path, a later layer replacing an earlier one. */
final class Leaves {
    private final Map<String, Leaf> byPath = new LinkedHashMap<>();
    private final List<Spot> entries = new ArrayList<>();
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

    /** Begins an entry of {@code gemini.api_keys} and gives its path. */
    String beginEntry(Spot spot) {
        entries.add(spot);
        return entryPath(entries.size() - 1);
    }

    /** Where each entry of {@code gemini.api_keys} begins. */
    List<Spot> entries() {
        return List.copyOf(entries);
    }

    static String entryPath(int index) {
        return Settings.KEYS + "[" + index + "]";
    }
}
