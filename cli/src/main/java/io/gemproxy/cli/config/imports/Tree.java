package io.gemproxy.cli.config.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** JSON and YAML of other products, as trees. */
final class Tree {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_BYTES = 1 << 20;

    private Tree() {}

    static Optional<JsonNode> json(String text) {
        try {
            return Optional.of(JSON.readTree(text)).filter(JsonNode::isContainerNode);
        } catch (JsonProcessingException none) {
            return Optional.empty();
        }
    }

    static Optional<JsonNode> yaml(String text) {
        LoadSettings settings =
                LoadSettings.builder()
                        .setCodePointLimit(MOST_BYTES)
                        .setMaxAliasesForCollections(50)
                        .build();
        try {
            JsonNode tree = JSON.valueToTree(new Load(settings).loadFromString(text));
            return Optional.of(tree).filter(JsonNode::isObject);
        } catch (YamlEngineException | IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** The texts of a JSON list, or of one that is written with commas. */
    static List<String> texts(String list) {
        Optional<JsonNode> tree = json(list).filter(JsonNode::isArray);
        if (tree.isEmpty()) {
            return Arrays.stream(list.split(",", -1))
                    .map(String::strip)
                    .filter(it -> !it.isEmpty())
                    .toList();
        }
        List<String> texts = new ArrayList<>();
        tree.get().forEach(it -> texts.add(it.asText().strip()));
        texts.removeIf(String::isEmpty);
        return texts;
    }

    /** Whether there is nothing to lose in it. */
    static boolean isEmpty(JsonNode node) {
        return node.isMissingNode()
                || node.isNull()
                || (node.isContainerNode() && node.isEmpty())
                || (node.isTextual() && node.asText().isBlank());
    }
}
