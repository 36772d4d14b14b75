package io.gemproxy.server.config.edit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.server.config.SettingPlaces;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts a mask in the place of each secret, and each secret back in the place of its mask. */
public final class Redaction {
    /** A shorter secret would mask what only happens to hold it. */
    private static final int SHORTEST_SECRET = 8;

    private final Set<String> secrets = new HashSet<>();

    private Redaction() {}

    /**
     * The values as anybody may see them.
     *
     * @param others configurations whose secrets may not be seen in these values either
     */
    public static JsonNode mask(JsonNode values, JsonNode... others) {
        return of(values).and(others).masked(values, "");
    }

    /** Hides the secrets of all these configurations in each of them. */
    static Redaction of(JsonNode... configurations) {
        Redaction redaction = new Redaction();
        for (JsonNode configuration : configurations) {
            redaction.gather(configuration, "");
        }
        return redaction;
    }

    /** Hides the secrets of these configurations too. */
    Redaction and(JsonNode... others) {
        for (JsonNode configuration : others) {
            gather(configuration, "");
        }
        return this;
    }

    /** A name in a section, or the mask; what the table of settings names is always shown. */
    String name(String section, String name) {
        return SettingPlaces.isKnown(section, name) ? name : title(name);
    }

    /** A name that somebody gave, or the mask. */
    String title(String name) {
        return secrets.stream().anyMatch(name::contains)
                ? SettingPlaces.MASK
                : SettingPlaces.name(name);
    }

    /** A secret may stand a second time where none belongs. */
    private void gather(JsonNode values, String place) {
        if (values instanceof ObjectNode object) {
            object.properties()
                    .forEach(it -> gather(it.getValue(), SettingPlaces.member(place, it.getKey())));
        } else if (values instanceof ArrayNode list) {
            String entry = SettingPlaces.entry(place);
            list.forEach(it -> gather(it, entry));
        } else if (SettingPlaces.isSecret(place)
                && values.asText().strip().length() >= SHORTEST_SECRET
                && !SettingPlaces.mayShow(place, values.asText())) {
            secrets.add(values.asText().strip());
        }
    }

    /**
     * Some of the values as anybody may see them.
     *
     * @param place of them
     */
    JsonNode masked(JsonNode values, String place) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (values instanceof ObjectNode object) {
            ObjectNode copy = json.objectNode();
            object.properties()
                    .forEach(it ->
                            copy.set(
                                    name(place, it.getKey()),
                                    masked(
                                            it.getValue(),
                                            SettingPlaces.member(place, it.getKey()))));
            return copy;
        }
        if (values instanceof ArrayNode list) {
            ArrayNode copy = json.arrayNode();
            String entry = SettingPlaces.entry(place);
            list.forEach(it -> copy.add(masked(it, entry)));
            return copy;
        }
        return mayShow(values, place) ? values : json.textNode(SettingPlaces.MASK);
    }

    private boolean mayShow(JsonNode value, String place) {
        String text = value.asText("");
        boolean shown = value.isNull() || SettingPlaces.mayShow(place, text);
        return shown && secrets.stream().noneMatch(text::contains);
    }

    /**
     * The values with what is stored in the place of each mask. Entries of a list are the same if
     * they have the same name, or in a list of plain values the same place.
     *
     * @param values as somebody sent them
     * @param stored what the masks stand for
     * @param place of both, empty for a whole configuration
     * @param unknown takes the path of each mask that stands for nothing
     */
    public static JsonNode restore(
            JsonNode values, JsonNode stored, String place, List<String> unknown) {
        return restored(values, stored, place, place, unknown);
    }

    private static JsonNode restored(
            JsonNode values, JsonNode stored, String place, String path, List<String> unknown) {
        if (values instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.properties()
                    .forEach(it ->
                            copy.set(
                                    it.getKey(),
                                    restored(
                                            it.getValue(),
                                            stored.path(it.getKey()),
                                            SettingPlaces.member(place, it.getKey()),
                                            path.isEmpty() ? it.getKey() : path + "." + it.getKey(),
                                            unknown)));
            return copy;
        }
        if (values instanceof ArrayNode list) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            Optional<String> name = SettingPlaces.nameOfEntries(place);
            String ofEntry = SettingPlaces.entry(place);
            for (int i = 0; i < list.size(); i++) {
                JsonNode entry = list.path(i);
                copy.add(
                        restored(
                                entry,
                                counterpart(entry, i, stored, name),
                                ofEntry,
                                path + "[" + i + "]",
                                unknown));
            }
            return copy;
        }
        if (!SettingPlaces.MASK.equals(values.textValue())) {
            return values;
        }
        if (!stored.isValueNode()) {
            unknown.add(path);
            return values;
        }
        return stored;
    }

    private static JsonNode counterpart(
            JsonNode entry, int index, JsonNode stored, Optional<String> name) {
        if (name.isEmpty()) {
            return stored.path(index);
        }
        String wanted = entry.path(name.get()).asText("");
        List<JsonNode> found = new ArrayList<>();
        stored.forEach(it -> {
            if (it.path(name.get()).asText("").equals(wanted)) {
                found.add(it);
            }
        });
        return found.size() == 1 ? found.getFirst() : JsonNodeFactory.instance.missingNode();
    }
}
