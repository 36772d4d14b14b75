package io.gemproxy.server.config.edit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.server.config.SettingPlaces;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The values a server runs with after it took other files over: those of the files, but where a
 * value waits for the next start, or its part of the server could not take over, the one before.
 */
public final class RunningValues {
    private final List<String> failed;

    private RunningValues(List<String> failed) {
        this.failed = failed;
    }

    /**
     * The values that are in effect; they hold secrets, as both sources do.
     *
     * @param before what was in effect
     * @param files what the files say
     * @param failed settings or sections that were not taken over
     */
    public static JsonNode after(JsonNode before, JsonNode files, List<String> failed) {
        JsonNode running = new RunningValues(failed).merged("", before, files);
        return running.isMissingNode() ? JsonNodeFactory.instance.objectNode() : running;
    }

    private JsonNode merged(String path, JsonNode before, JsonNode files) {
        if (stays(path)) {
            return before;
        }
        if (!(before instanceof ObjectNode) && !(files instanceof ObjectNode)) {
            return files;
        }
        ObjectNode both = JsonNodeFactory.instance.objectNode();
        Set<String> names = new LinkedHashSet<>();
        files.fieldNames().forEachRemaining(names::add);
        before.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            String inner = path.isEmpty() ? name : path + "." + name;
            JsonNode value = merged(inner, before.path(name), files.path(name));
            if (!value.isMissingNode()) {
                both.set(name, value);
            }
        }
        if (!both.isEmpty()) {
            return both;
        }
        boolean nothingOfIt = files instanceof ObjectNode && !files.isEmpty();
        return nothingOfIt ? MissingNode.getInstance() : files;
    }

    private boolean stays(String path) {
        return !path.isEmpty()
                && (SettingPlaces.waits(path)
                        || failed.stream()
                                .anyMatch(it -> path.equals(it) || path.startsWith(it + ".")));
    }
}
