package io.gemproxy.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The settings that a server's files hold, each by its path, as {@code config show} names them. */
final class ServerSettings {
    private final Map<String, JsonNode> values = new LinkedHashMap<>();

    ServerSettings(JsonNode tree) {
        add("", tree);
    }

    /** In the order of the files; a list of plain values is one of them. */
    Map<String, JsonNode> values() {
        return values;
    }

    static String shown(JsonNode value) {
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(", "))
                : value.asText();
    }

    private void add(String path, JsonNode node) {
        if (node.isObject()) {
            node.properties()
                    .forEach(it ->
                            add(
                                    path.isEmpty() ? it.getKey() : path + "." + it.getKey(),
                                    it.getValue()));
        } else if (node.isArray() && !isPlain(node)) {
            for (int i = 0; i < node.size(); i++) {
                add(path + "[" + i + "]", node.get(i));
            }
        } else if (!node.isNull()) {
            values.put(path, node);
        }
    }

    private static boolean isPlain(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .allMatch(ValueNode.class::isInstance);
    }
}
