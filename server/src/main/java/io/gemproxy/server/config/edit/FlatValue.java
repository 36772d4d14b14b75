package io.gemproxy.server.config.edit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.server.config.SettingPlaces;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A value of a configuration with the whole path to it.
 *
 * @param value as it is, a secret too
 * @param shownPath with a mask in place of each name that nobody may see
 * @param shown masked if nobody may see it
 */
record FlatValue(JsonNode value, String shownPath, JsonNode shown) {
    /** All values by their paths, in which an entry of a list has its name in brackets. */
    static Map<String, FlatValue> all(JsonNode configuration, Redaction redaction) {
        Map<String, FlatValue> all = new LinkedHashMap<>();
        new Walk(redaction, all).into(configuration, new Spot("", "", "", false));
        return all;
    }

    /** Never shows the value. */
    @Override
    public String toString() {
        return "FlatValue[" + shownPath + "=" + shown + "]";
    }

    /**
     * Where a walk is.
     *
     * @param hidden whether a name above it may not be seen
     */
    private record Spot(String path, String shown, String place, boolean hidden) {
        Spot member(String name, String shownName) {
            return new Spot(
                    path.isEmpty() ? name : path + "." + name,
                    shown.isEmpty() ? shownName : shown + "." + shownName,
                    SettingPlaces.member(place, name),
                    hidden || shownName.equals(SettingPlaces.MASK));
        }

        Spot entry(String title, String shownTitle, String ofEntry) {
            return new Spot(
                    path + "[" + title + "]", shown + "[" + shownTitle + "]", ofEntry, hidden);
        }
    }

    private record Walk(Redaction redaction, Map<String, FlatValue> all) {
        void into(JsonNode values, Spot spot) {
            if (values instanceof ObjectNode object && !object.isEmpty()) {
                object.properties()
                        .forEach(it -> {
                            String name = it.getKey();
                            String shown = redaction.name(spot.place(), name);
                            into(it.getValue(), spot.member(name, shown));
                        });
            } else if (values instanceof ArrayNode list
                    && SettingPlaces.nameOfEntries(spot.place()).isPresent()) {
                entries(list, spot);
            } else {
                all.put(spot.path(), new FlatValue(values, spot.shown(), shown(values, spot)));
            }
        }

        private void entries(ArrayNode list, Spot spot) {
            String naming = SettingPlaces.nameOfEntries(spot.place()).orElseThrow();
            String ofEntry = SettingPlaces.entry(spot.place());
            Set<String> taken = new HashSet<>();
            for (int i = 0; i < list.size(); i++) {
                String number = String.valueOf(i);
                String title =
                        Stream.of(list.path(i).path(naming).asText(number), number)
                                .filter(taken::add)
                                .findFirst()
                                .orElse("#" + number);
                into(list.path(i), spot.entry(title, redaction.title(title), ofEntry));
            }
        }

        /** Under a name that nobody may see nothing is shown either. */
        private JsonNode shown(JsonNode value, Spot spot) {
            return spot.hidden()
                    ? JsonNodeFactory.instance.textNode(SettingPlaces.MASK)
                    : redaction.masked(value, spot.place());
        }
    }
}
