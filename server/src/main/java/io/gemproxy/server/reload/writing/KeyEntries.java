package io.gemproxy.server.reload.writing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.server.reload.writing.ConfigWriter.KeysChange;
import io.gemproxy.server.reload.writing.WriteOutcome.Why;
import java.util.Map;

/** The changes there are to the list of keys; the loader judges what they come to. */
public final class KeyEntries {
    private static final Map<String, String> EITHER = Map.of("key", "key_file", "key_file", "key");

    private KeyEntries() {}

    /** One more entry, behind the others. */
    public static KeysChange adding(ObjectNode entry) {
        return entries -> {
            String id = entry.path("id").asText("");
            if (id.isEmpty()) {
                throw new NotPossible(Why.MALFORMED, "id must name the key.");
            }
            if (index(entries, id) >= 0) {
                throw new NotPossible(Why.CONFLICT, "A key of this id is there; PATCH changes it.");
            }
            return copy(entries).add(entry);
        };
    }

    /** Other members in an entry; {@code null} takes one away. */
    public static KeysChange changing(String id, ObjectNode members) {
        return entries -> {
            if (members.has("id") && !members.path("id").asText("").equals(id)) {
                throw new NotPossible(
                        Why.MALFORMED, "An id cannot change; add a key and remove the old one.");
            }
            ArrayNode copy = copy(entries);
            ObjectNode entry = (ObjectNode) copy.path(there(entries, id));
            members.properties().forEach(it -> put(entry, it.getKey(), it.getValue()));
            return copy;
        };
    }

    private static void put(ObjectNode entry, String name, JsonNode value) {
        if (value.isNull()) {
            entry.remove(name);
            return;
        }
        entry.set(name, value);
        String other = EITHER.get(name);
        if (other != null) {
            entry.remove(other);
        }
    }

    /** Without an entry. */
    public static KeysChange removing(String id) {
        return entries -> {
            ArrayNode copy = copy(entries);
            copy.remove(there(entries, id));
            return copy;
        };
    }

    private static int there(JsonNode entries, String id) throws NotPossible {
        int index = index(entries, id);
        if (index < 0) {
            throw new NotPossible(
                    Why.CONFLICT,
                    "This key does not stand in the file but comes from the environment of the"
                            + " server; change it there.");
        }
        return index;
    }

    private static int index(JsonNode entries, String id) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.path(i).path("id").asText("").equals(id) && entries.path(i).isObject()) {
                return i;
            }
        }
        return -1;
    }

    private static ArrayNode copy(JsonNode entries) {
        ArrayNode copy = JsonNodeFactory.instance.arrayNode();
        entries.forEach(it -> copy.add(it.<JsonNode>deepCopy()));
        return copy;
    }
}
