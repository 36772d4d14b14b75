package io.gemproxy.server.config.edit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/** Values as new YAML text. */
final class YamlRendering {
    private static final int STEP = 2;
    private static final int LONGEST_LIST = 80;

    private final String newline;

    /**
     * @param newline what ends a line
     */
    YamlRendering(String newline) {
        this.newline = newline;
    }

    /** A member, without the indentation of its first line. */
    String member(String name, JsonNode value, int indent) {
        return ScalarText.name(name) + ":" + behindColon(value, indent);
    }

    /** What follows the colon of a member at this indentation. */
    String behindColon(JsonNode value, int indent) {
        return isBlock(value)
                ? line(indent + STEP) + block(value, indent + STEP)
                : " " + flow(value);
    }

    /** What follows the dash of an entry; further lines at this indentation. */
    String entry(JsonNode value, int indent) {
        return isBlock(value) ? block(value, indent) : flow(value);
    }

    /** A whole text. */
    String document(JsonNode value) {
        return (isBlock(value) ? block(value, 0) : flow(value)) + newline;
    }

    String line(int indent) {
        return newline + " ".repeat(indent);
    }

    private String block(JsonNode value, int indent) {
        return value instanceof ObjectNode object
                ? object.properties().stream()
                        .map(it -> member(it.getKey(), it.getValue(), indent))
                        .collect(Collectors.joining(line(indent)))
                : StreamSupport.stream(value.spliterator(), false)
                        .map(it -> "- " + entry(it, indent + STEP))
                        .collect(Collectors.joining(line(indent)));
    }

    private static boolean isBlock(JsonNode value) {
        if (value instanceof ArrayNode list) {
            boolean plain = true;
            for (JsonNode entry : list) {
                plain &= entry.isValueNode();
            }
            return !list.isEmpty() && !(plain && flow(list).length() <= LONGEST_LIST);
        }
        return value instanceof ObjectNode && !value.isEmpty();
    }

    /** On one line. */
    static String flow(JsonNode value) {
        return switch (value) {
            case ObjectNode object ->
                    object.properties().stream()
                            .map(YamlRendering::flowMember)
                            .collect(Collectors.joining(", ", "{", "}"));
            case ArrayNode list ->
                    StreamSupport.stream(list.spliterator(), false)
                            .map(YamlRendering::flow)
                            .collect(Collectors.joining(", ", "[", "]"));
            default -> ScalarText.of(value, ScalarStyle.PLAIN);
        };
    }

    private static String flowMember(Map.Entry<String, JsonNode> member) {
        return ScalarText.name(member.getKey()) + ": " + flow(member.getValue());
    }
}
