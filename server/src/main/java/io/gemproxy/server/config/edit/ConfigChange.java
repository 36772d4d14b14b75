package io.gemproxy.server.config.edit;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.server.config.SettingPlaces;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
     * @param others whose secrets are shown no more than those of the two
     */
    public static List<ConfigChange> between(JsonNode before, JsonNode after, JsonNode... others) {
        Redaction redaction = Redaction.of(before, after).and(others);
        Map<String, FlatValue> old = FlatValue.all(before, redaction);
        Map<String, FlatValue> now = FlatValue.all(after, redaction);
        Set<String> paths = new LinkedHashSet<>(old.keySet());
        paths.addAll(now.keySet());
        List<ConfigChange> changes = new ArrayList<>();
        for (String path : paths) {
            Optional<FlatValue> was = Optional.ofNullable(old.get(path));
            Optional<FlatValue> is = Optional.ofNullable(now.get(path));
            if (!was.map(FlatValue::value).equals(is.map(FlatValue::value))) {
                changes.add(
                        new ConfigChange(
                                was.or(() -> is).orElseThrow().shownPath(),
                                was.map(FlatValue::shown),
                                is.map(FlatValue::shown)));
            }
        }
        return changes;
    }
}
