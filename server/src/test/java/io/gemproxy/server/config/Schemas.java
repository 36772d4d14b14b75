package io.gemproxy.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;

/** Judges texts by the schemas of the configuration, with a validator that is not ours. */
final class Schemas {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Schema PROXY = REGISTRY.getSchema(ConfigSchema.proxy());
    private static final Schema KEYS = REGISTRY.getSchema(ConfigSchema.keys());

    private Schemas() {}

    /** What the draft itself says against a schema. */
    static List<Error> ofTheDraft(JsonNode schema) {
        return REGISTRY.getSchema(SchemaLocation.of(schema.get("$schema").textValue()))
                .validate(schema);
    }

    static List<Error> ofProxy(String yaml) {
        return ofProxy(ValueSchema.yaml(yaml));
    }

    static List<Error> ofProxy(JsonNode document) {
        return PROXY.validate(document);
    }

    static List<Error> ofKeys(String yaml) {
        return KEYS.validate(ValueSchema.yaml(yaml));
    }

    /** A document in which only this setting stands, and the names of the entries it is in. */
    static ObjectNode document(Setting setting, JsonNode value) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode at = root;
        String path = "";
        String[] steps = setting.path().split("\\.", -1);
        for (int i = 0; i < steps.length - 1; i++) {
            path = Settings.join(path, steps[i]);
            String name = steps[i].replaceAll("\\[]|\\{}", "");
            if (steps[i].endsWith("[]")) {
                ArrayNode list = at.putArray(name);
                at = list.addObject();
                String list0 = path.substring(0, path.length() - 2);
                at.put(Settings.nameOfEntries(list0), "a-name");
            } else if (steps[i].endsWith("{}")) {
                at = at.putObject(name).putObject("a-model");
            } else {
                at = at.putObject(name);
            }
        }
        at.set(setting.name(), value);
        return root;
    }
}
