package io.gemproxy.server.config.edit;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.server.config.ConfigFile;
import io.gemproxy.server.config.Finding;
import io.gemproxy.server.config.StrictYaml;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What a text of YAML or JSON says, as values without a place.
 *
 * @param values lists, mappings and plain values; may hold secrets
 * @param findings why there are none, where the text was refused
 */
public record ConfigTree(Optional<JsonNode> values, List<Finding> findings) {
    private static final ObjectReader JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build()
                    .reader();

    public ConfigTree {
        findings = List.copyOf(findings);
    }

    /**
     * What a whole text says; nothing at all counts as an empty mapping.
     *
     * @param name shown where a file's name would stand
     * @param bytes of JSON, if they are, else of YAML
     * @throws NotEditable if a name is there twice, or is no text, or there is too much
     */
    public static ConfigTree read(String name, byte[] bytes) throws NotEditable {
        Optional<JsonNode> json = json(bytes);
        if (json.isPresent()) {
            YamlTree.requireBounds(json.get());
            return new ConfigTree(json, List.of());
        }
        StrictYaml yaml = StrictYaml.read(name, bytes);
        if (!yaml.isSound()) {
            return new ConfigTree(Optional.empty(), yaml.findings());
        }
        JsonNode values =
                yaml.root().isPresent()
                        ? YamlTree.of(yaml.root().get())
                        : JsonNodeFactory.instance.objectNode();
        return new ConfigTree(
                Optional.of(values.isNull() ? JsonNodeFactory.instance.objectNode() : values),
                List.of());
    }

    /** JSON may hold what YAML refuses, tabs above all. */
    private static Optional<JsonNode> json(byte[] bytes) {
        try {
            JsonNode tree = JSON.readTree(bytes);
            return tree != null && tree.isObject()
                    ? Optional.of(YamlTree.canonical(tree))
                    : Optional.empty();
        } catch (IOException noJson) {
            return Optional.empty();
        }
    }

    /**
     * What the files of a configuration say together: the keys of a file of their own stand where
     * they would without it.
     *
     * @param files {@code proxy.yaml}, then {@code gemini.api_keys_file} if there is one
     * @return empty if one of them cannot be read
     */
    public static Optional<JsonNode> of(List<ConfigFile> files) {
        try {
            Optional<JsonNode> whole = values(files.getFirst());
            if (files.size() < 2 || !(whole.orElse(null) instanceof ObjectNode object)) {
                return whole;
            }
            return values(files.get(1))
                    .map(keys -> {
                        object.withObjectProperty("gemini").set("api_keys", list(keys));
                        return object;
                    });
        } catch (NotEditable | UnsupportedOperationException unreadable) {
            return Optional.empty();
        }
    }

    /** The list in a file of keys: all of it, or its one member. */
    public static JsonNode list(JsonNode keys) {
        return keys.isObject() ? keys.path("api_keys") : keys;
    }

    private static Optional<JsonNode> values(ConfigFile file) throws NotEditable {
        return read(String.valueOf(file.path().getFileName()), file.bytes()).values();
    }

    /** Never shows the values. */
    @Override
    public String toString() {
        return "ConfigTree[" + findings.size() + " findings]";
    }
}
