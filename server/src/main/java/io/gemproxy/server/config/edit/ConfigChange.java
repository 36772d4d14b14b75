package io.gemproxy.server.config.edit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.server.config.SettingPlaces;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One value that differs between two configurations; never shows a secret.
 *
 * @param path of the value; an entry of a list has its name in brackets
 * @param before what it was, masked if nobody may see it; empty if it was not there
 * @param after what it is, masked if nobody may see it; empty if it is not there
 */
public record ConfigChange(String path, Optional<JsonNode> before, Optional<JsonNode> after) {
    /** Whether the value after waits for the next start; else a reload puts it into effect. */
    public boolean waits() {
        return SettingPlaces.waits(path);
    }

    /**
     * What differs, in the order of the first.
     *
     * @param before all values of the first configuration
     * @param after all values of the second
     */
    public static List<ConfigChange> between(JsonNode before, JsonNode after) {
        Map<String, JsonNode> old = flat(before);
        Map<String, JsonNode> now = flat(after);
        Redaction redaction = Redaction.of(before, after);
        Map<String, JsonNode> oldShown = flat(redaction.masked(before));
        Map<String, JsonNode> nowShown = flat(redaction.masked(after));
        Set<String> paths = new LinkedHashSet<>(old.keySet());
        paths.addAll(now.keySet());
        List<ConfigChange> changes = new ArrayList<>();
        for (String path : paths) {
            JsonNode was = old.get(path);
            JsonNode is = now.get(path);
            if (was == null || !was.equals(is)) {
                changes.add(
                        new ConfigChange(
                                SettingPlaces.name(path),
                                shown(was != null, oldShown.get(path)),
                                shown(is != null, nowShown.get(path))));
            }
        }
        return changes;
    }

    /** A path that itself is masked has no shown value. */
    private static Optional<JsonNode> shown(boolean there, @Nullable JsonNode value) {
        if (!there) {
            return Optional.empty();
        }
        return Optional.of(
                value == null ? JsonNodeFactory.instance.textNode(SettingPlaces.MASK) : value);
    }

    private static Map<String, JsonNode> flat(JsonNode values) {
        Map<String, JsonNode> flat = new LinkedHashMap<>();
        flatten(values, "", "", flat);
        return flat;
    }

    private static void flatten(
            JsonNode values, String path, String place, Map<String, JsonNode> flat) {
        Optional<String> name = SettingPlaces.nameOfEntries(place);
        if (values instanceof ObjectNode object && !object.isEmpty()) {
            object.properties()
                    .forEach(it ->
                            flatten(
                                    it.getValue(),
                                    path.isEmpty() ? it.getKey() : path + "." + it.getKey(),
                                    SettingPlaces.member(place, it.getKey()),
                                    flat));
        } else if (values instanceof ArrayNode list && name.isPresent()) {
            for (int i = 0; i < list.size(); i++) {
                JsonNode entry = list.path(i);
                String title = entry.path(name.get()).asText(String.valueOf(i));
                String whole = path + "[" + title + "]";
                String free =
                        flat.keySet().stream().anyMatch(it -> it.startsWith(whole))
                                ? path + "[" + i + "]"
                                : whole;
                flatten(entry, free, SettingPlaces.entry(place), flat);
            }
        } else {
            flat.put(path, values);
        }
    }
}
