package io.gemproxy.server.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * JSON Schemas (draft 2020-12) of the configuration, made from the table the loader reads along.
 *
 * <p>They allow all that the loader allows, but want the name of an entry in the file itself. What
 * a schema cannot say the loader refuses all the same.
 */
final class ConfigSchema {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    /** A text in which something is replaced from the environment. */
    private static final String REFERENCE = "(^|[^$])\\$\\{[A-Za-z_][A-Za-z0-9_]*(:[^}]*)?\\}";

    /** A text that is not empty, whatever the environment holds. */
    private static final String GIVEN = "^(?!.*\\$\\{).*\\S";

    private ConfigSchema() {}

    /** Of {@code proxy.yaml}. */
    static ObjectNode proxy() {
        ObjectNode schema = head("gemproxy: proxy.yaml");
        schema.setAll(section("", "object", "null"));
        return withReference(schema);
    }

    /** Of {@code keys.yaml}: the list itself, or one key with the list. */
    static ObjectNode keys() {
        ObjectNode schema = head("gemproxy: keys.yaml");
        ArrayNode forms = schema.putArray("anyOf");
        forms.add(list(KeySettings.KEYS, "array"));
        ObjectNode named = forms.addObject();
        named.put("type", "object");
        named.put("additionalProperties", false);
        named.putObject("properties").set("api_keys", list(KeySettings.KEYS, "array", "null"));
        named.putArray("required").add("api_keys");
        return withReference(schema);
    }

    static String text(ObjectNode schema) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter()
                        .withSeparators(
                                Separators.createDefaultInstance()
                                        .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                        .withObjectIndenter(indenter)
                        .withArrayIndenter(DefaultPrettyPrinter.FixedSpaceIndenter.instance);
        try {
            return MAPPER.writer(printer).writeValueAsString(schema) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static ObjectNode head(String title) {
        return JSON.objectNode().put("$schema", DIALECT).put("title", title);
    }

    private static ObjectNode withReference(ObjectNode schema) {
        schema.putObject("$defs")
                .putObject("reference")
                .put("description", "Replaced from the environment: ${NAME} or ${NAME:default}.")
                .put("type", "string")
                .put("pattern", REFERENCE);
        return schema;
    }

    private static ObjectNode section(String path, String... types) {
        ObjectNode schema = JSON.objectNode();
        SectionDocs.of(path).ifPresent(doc -> schema.put("description", doc));
        types(schema, types);
        schema.put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        for (String name : Settings.namesIn(path)) {
            properties.set(name, child(Settings.join(path, name)));
        }
        exclusions(path, schema);
        return schema;
    }

    private static ObjectNode child(String path) {
        Optional<Setting> setting = Settings.find(path);
        if (setting.isPresent()) {
            return ValueSchema.of(setting.get());
        }
        if (Settings.isList(path)) {
            return list(path, "array", "null");
        }
        return isPerModel(path) ? models(path) : section(path, "object", "null");
    }

    private static boolean isPerModel(String path) {
        return Settings.isSection(path + "{}");
    }

    private static ObjectNode models(String path) {
        ObjectNode schema = JSON.objectNode();
        SectionDocs.of(path).ifPresent(doc -> schema.put("description", doc));
        types(schema, "object", "null");
        schema.put("additionalProperties", false);
        schema.putObject("patternProperties")
                .set("^(" + YamlWalk.MODEL.pattern() + ")$", section(path + "{}", "object"));
        return schema;
    }

    private static ObjectNode list(String path, String... types) {
        ObjectNode schema = JSON.objectNode();
        SectionDocs.of(path).ifPresent(doc -> schema.put("description", doc));
        types(schema, types);
        ObjectNode entry = section(path + "[]", "object");
        entry.putArray("required").add(Settings.nameOfEntries(path));
        schema.set("items", entry);
        return schema;
    }

    private static void types(ObjectNode schema, String... types) {
        if (types.length == 1) {
            schema.put("type", types[0]);
        } else {
            List.of(types).forEach(schema.putArray("type")::add);
        }
    }

    /** A secret or the file it is in, and the list of keys or the file it is in. */
    private static void exclusions(String path, ObjectNode schema) {
        ArrayNode all = JSON.arrayNode();
        for (String name : Settings.namesIn(path)) {
            String child = Settings.join(path, name);
            boolean secret = Settings.find(child).map(Setting::secret).orElse(false);
            if (secret || child.equals(KeySettings.KEYS)) {
                all.add(notBoth(name, secret ? given() : filled()));
            }
        }
        if (!all.isEmpty()) {
            schema.set("allOf", all);
        }
    }

    private static ObjectNode notBoth(String name, ObjectNode present) {
        String file = name + "_file";
        ObjectNode not = JSON.objectNode();
        ObjectNode both = not.putObject("not");
        both.putArray("required").add(name).add(file);
        both.putObject("properties").<ObjectNode>set(name, present).set(file, given());
        return not;
    }

    private static ObjectNode given() {
        return JSON.objectNode().put("type", "string").put("pattern", GIVEN);
    }

    private static ObjectNode filled() {
        return JSON.objectNode().put("type", "array").put("minItems", 1);
    }
}
