package io.gemproxy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which fields JSON values have, and of what types: a value's contract without what differs. */
final class JsonFields {
    /** Objects whose members are named by data. */
    private static final Map<String, String> NAMED_BY_DATA =
            Map.of(
                    "weights", "<key>",
                    "presets[].weights", "<key>",
                    "classes", "<class>",
                    "models", "<model>",
                    "keys", "<key>",
                    "metrics[].samples[].labels", "<label>",
                    "claims", "<claim>");

    /** Objects that are a configuration, or have the fields of a value that is listed already. */
    private static final Set<String> OPAQUE = Set.of("values", "tests[]");

    private static final int MOST_PADDING = 40;

    private final Map<String, Set<String>> typesByPath = new LinkedHashMap<>();

    /** Adds a value to those that were seen. */
    void see(JsonNode value) {
        see("", value);
    }

    /** One a line: its path, and its types. */
    List<String> lines() {
        Set<String> filled =
                typesByPath.keySet().stream()
                        .flatMap(path -> prefixes(path).stream())
                        .collect(Collectors.toSet());
        typesByPath.entrySet().removeIf(it -> isTold(it, filled));
        int width =
                typesByPath.keySet().stream()
                        .mapToInt(String::length)
                        .filter(length -> length <= MOST_PADDING)
                        .max()
                        .orElse(0);
        return typesByPath.entrySet().stream()
                .map(it ->
                        it.getKey()
                                + " ".repeat(Math.max(0, width - it.getKey().length()) + 2)
                                + String.join(" or ", it.getValue()))
                .toList();
    }

    /** That it is an object its members say; that it may be null they do not. */
    private static boolean isTold(Map.Entry<String, Set<String>> field, Set<String> filled) {
        if (!filled.contains(field.getKey())) {
            return false;
        }
        field.getValue().retainAll(Set.of("null"));
        field.getValue().add("object");
        return field.getValue().size() == 1;
    }

    /** Of {@code a[].b.c} those that hold it: {@code a}, {@code a[]} and {@code a[].b}. */
    private static Set<String> prefixes(String path) {
        Set<String> prefixes = new TreeSet<>();
        for (int i = 1; i < path.length(); i++) {
            if (path.charAt(i) == '.' || path.charAt(i) == '[') {
                prefixes.add(path.substring(0, i));
            }
        }
        return prefixes;
    }

    private void see(String path, JsonNode value) {
        if (value.isObject() && !value.isEmpty() && !OPAQUE.contains(path)) {
            value.properties().forEach(it -> see(member(path, it.getKey()), it.getValue()));
        } else if (value.isArray() && !value.isEmpty()) {
            value.forEach(element -> see(path + "[]", element));
        } else {
            String type = value.getNodeType().name().toLowerCase(Locale.ROOT);
            typesByPath.computeIfAbsent(path, _ -> new TreeSet<>(JsonFields::nullLast)).add(type);
        }
    }

    private static String member(String path, String name) {
        String shown = NAMED_BY_DATA.getOrDefault(path, name);
        return path.isEmpty() ? shown : path + "." + shown;
    }

    private static int nullLast(String one, String other) {
        boolean none = one.equals("null");
        return none == other.equals("null") ? one.compareTo(other) : none ? 1 : -1;
    }
}
