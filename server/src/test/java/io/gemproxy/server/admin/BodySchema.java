package io.gemproxy.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Holds a JSON body against the part of JSON Schema that openapi.yaml uses. */
final class BodySchema {
    private final Map<String, Object> document;
    private final List<String> findings = new ArrayList<>();

    BodySchema(Map<String, Object> document) {
        this.document = document;
    }

    /** What is wrong with the body; empty if it is as described. */
    List<String> findings(JsonNode body, Object schema) {
        findings.clear();
        check("$", body, Yaml.map(schema));
        return List.copyOf(findings);
    }

    private void check(String at, JsonNode body, Map<String, Object> schema) {
        if (schema.get("$ref") instanceof String ref) {
            check(at, body, resolve(ref));
            return;
        }
        require(types(schema).stream().anyMatch(type -> is(body, type)), at, "type of", body);
        if (schema.get("enum") instanceof List<?> words) {
            require(words.contains(body.asText()), at, "word", body);
        }
        if (body.isObject() && schema.containsKey("required")) {
            fields(at, body, schema);
        }
        if (body.isObject() && schema.get("additionalProperties") instanceof Map<?, ?> values) {
            body.forEachEntry((name, value) -> check(at + "." + name, value, Yaml.map(values)));
        }
        if (body.isArray() && schema.get("items") instanceof Map<?, ?> items) {
            body.forEach(item -> check(at + "[]", item, Yaml.map(items)));
        }
    }

    private void fields(String at, JsonNode body, Map<String, Object> schema) {
        Set<Object> there = new TreeSet<>();
        body.fieldNames().forEachRemaining(there::add);
        Set<Object> wanted =
                new TreeSet<>(schema.get("required") instanceof List<?> names ? names : List.of());
        require(
                there.equals(wanted),
                at,
                "fields " + there + " instead of " + wanted + " in",
                body);
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            Map<String, Object> known = Yaml.map(properties);
            body.forEachEntry((name, value) -> {
                if (known.get(name) instanceof Map<?, ?> property) {
                    check(at + "." + name, value, Yaml.map(property));
                }
            });
        }
    }

    private Map<String, Object> resolve(String ref) {
        Map<String, Object> node = document;
        for (String part : ref.substring("#/".length()).split("/", -1)) {
            node = Yaml.map(node.get(part));
        }
        return node;
    }

    private void require(boolean holds, String at, String what, JsonNode body) {
        if (!holds) {
            findings.add(at + ": " + what + " " + body);
        }
    }

    private static List<?> types(Map<String, Object> schema) {
        Object type = schema.get("type");
        return type instanceof List<?> several ? several : List.of(String.valueOf(type));
    }

    private static boolean is(JsonNode body, Object type) {
        return switch (String.valueOf(type)) {
            case "object" -> body.isObject();
            case "array" -> body.isArray();
            case "string" -> body.isTextual();
            case "integer" -> body.isIntegralNumber();
            case "number" -> body.isNumber();
            case "boolean" -> body.isBoolean();
            case "null" -> body.isNull();
            default -> false;
        };
    }
}
