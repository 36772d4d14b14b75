package io.gemproxy.server.config.edit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which entry of a list became which.
 *
 * @param steps in the order of the old list, what is new behind what it follows
 */
record EntryMatch(List<Step> steps) {
    private static final List<String> NAMES = List.of("id", "name", "issuer");

    /** What became of one entry. */
    sealed interface Step {}

    /** It is there before and after, perhaps changed. */
    record Kept(int from, int to) implements Step {}

    /** It is there no more. */
    record Removed(int from) implements Step {}

    /** It was not there. */
    record Added(int to) implements Step {}

    /**
     * By their names, if all have one of their own; else by their places from both ends.
     *
     * @throws NotEditable if those that stay change their order
     */
    static EntryMatch of(List<JsonNode> before, List<JsonNode> after) throws NotEditable {
        for (String name : NAMES) {
            Optional<List<String>> old = named(before, name);
            Optional<List<String>> wanted = named(after, name);
            if (old.isPresent() && wanted.isPresent()) {
                return byName(old.get(), wanted.get());
            }
        }
        return byPlace(before, after);
    }

    private static Optional<List<String>> named(List<JsonNode> entries, String name) {
        List<String> names = entries.stream().map(it -> it.path(name).asText("")).toList();
        boolean distinct = new HashSet<>(names).size() == names.size();
        return distinct && !names.contains("") ? Optional.of(names) : Optional.empty();
    }

    private static EntryMatch byName(List<String> before, List<String> after) throws NotEditable {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < before.size(); i++) {
            places.put(before.get(i), i);
        }
        List<Step> steps = new ArrayList<>();
        List<Integer> fresh = new ArrayList<>();
        int next = 0;
        for (int to = 0; to < after.size(); to++) {
            Integer from = places.get(after.get(to));
            if (from == null) {
                fresh.add(to);
                continue;
            }
            if (from < next) {
                throw new NotEditable("its entries change their order");
            }
            between(steps, next, from, fresh);
            steps.add(new Kept(from, to));
            fresh.clear();
            next = from + 1;
        }
        between(steps, next, before.size(), fresh);
        return new EntryMatch(steps);
    }

    /** As many that are new as are gone: they have got other names. */
    private static void between(List<Step> steps, int from, int end, List<Integer> fresh) {
        if (end - from == fresh.size()) {
            for (int i = 0; i < fresh.size(); i++) {
                steps.add(new Kept(from + i, fresh.get(i)));
            }
        } else {
            fresh.forEach(to -> steps.add(new Added(to)));
            removed(steps, from, end);
        }
    }

    private static void removed(List<Step> steps, int from, int end) {
        for (int i = from; i < end; i++) {
            steps.add(new Removed(i));
        }
    }

    private static EntryMatch byPlace(List<JsonNode> before, List<JsonNode> after) {
        int shorter = Math.min(before.size(), after.size());
        int head = 0;
        while (head < shorter && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
                && before.get(before.size() - 1 - tail)
                        .equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        List<Step> steps = new ArrayList<>();
        int paired = shorter - tail;
        for (int i = 0; i < paired; i++) {
            steps.add(new Kept(i, i));
        }
        removed(steps, paired, before.size() - tail);
        for (int i = paired; i < after.size() - tail; i++) {
            steps.add(new Added(i));
        }
        for (int i = tail; i > 0; i--) {
            steps.add(new Kept(before.size() - i, after.size() - i));
        }
        return new EntryMatch(steps);
    }
}
