package io.gemproxy.server.config.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Random edits of the shipped files: the values are the wanted ones, the rest is as it was. */
final class YamlEditorPropertyTest {
    private static final int ROUNDS = Boolean.getBoolean("gemproxy.prove") ? 1_000 : 50;
    private static final String[] TEXTS = {
        "plain",
        "two words",
        "yes",
        "12",
        "",
        "a: b",
        "#x",
        "${NAME}",
        "it's",
        "say \"x\"",
        "a\nb",
        "\u00e4\u00f6",
        "\uD83D\uDE00",
        "[x]",
        "gemini-2.5-*",
        "-",
        "null"
    };

    @Test
    void whatIsReadIsWhatWasWanted() throws IOException, NotEditable {
        Random random = new Random(20261121);
        for (Path file : shipped()) {
            String text = Files.readString(file);
            for (int round = 0; round < ROUNDS; round++) {
                JsonNode wanted = YamlEditorTest.tree(text);
                for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                    mutate(wanted, random);
                }
                String edited = YamlEditor.edit(text, wanted);
                assertEquals(YamlTree.canonical(wanted), YamlEditorTest.tree(edited), edited);
                // and once more, on top of what the editor itself wrote
                assertEquals(edited, YamlEditor.edit(edited, wanted));
            }
        }
    }

    @Test
    void aChangedValueTouchesItsOwnLineOnly() throws IOException, NotEditable {
        Random random = new Random(5);
        for (Path file : shipped()) {
            String text = Files.readString(file);
            List<String> lines = text.lines().toList();
            for (int round = 0; round < ROUNDS; round++) {
                JsonNode wanted = YamlEditorTest.tree(text);
                List<Runnable> leaves = new ArrayList<>();
                leaves(wanted, random, leaves);
                leaves.get(random.nextInt(leaves.size())).run();
                List<String> after = YamlEditor.edit(text, wanted).lines().toList();
                assertEquals(lines.size(), after.size());
                int different = 0;
                for (int i = 0; i < lines.size(); i++) {
                    different += lines.get(i).equals(after.get(i)) ? 0 : 1;
                }
                assertTrue(different <= 1, () -> String.join("\n", after));
            }
        }
    }

    @Test
    void membersThatComeAndGoCostNoComment() throws IOException, NotEditable {
        Random random = new Random(7);
        for (Path file : shipped()) {
            String text = Files.readString(file);
            List<String> comments =
                    text.lines().filter(line -> line.strip().startsWith("#")).toList();
            for (int round = 0; round < ROUNDS; round++) {
                JsonNode wanted = YamlEditorTest.tree(text);
                for (JsonNode section : wanted) {
                    if (section instanceof ObjectNode object && random.nextInt(3) == 0) {
                        object.put("added_" + random.nextInt(9), random.nextInt());
                    }
                }
                String edited = YamlEditor.edit(text, wanted);
                assertEquals(
                        comments,
                        edited.lines().filter(line -> line.strip().startsWith("#")).toList());
            }
        }
    }

    /** One leaf in two becomes a text, the other a number; none stays as it is. */
    private static void leaves(JsonNode tree, Random random, List<Runnable> leaves) {
        if (tree instanceof ObjectNode object) {
            object.properties()
                    .forEach(it -> {
                        if (it.getValue().isValueNode() && !it.getValue().isNull()) {
                            leaves.add(() -> object.put(it.getKey(), "v" + random.nextInt(99)));
                        } else {
                            leaves(it.getValue(), random, leaves);
                        }
                    });
        } else {
            tree.forEach(it -> leaves(it, random, leaves));
        }
    }

    private static void mutate(JsonNode tree, Random random) {
        switch (tree) {
            case ObjectNode object -> mutate(object, random);
            case ArrayNode list -> mutate(list, random);
            default -> {}
        }
    }

    private static void mutate(ObjectNode object, Random random) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        if (names.isEmpty() || random.nextInt(4) == 0) {
            object.set("n" + random.nextInt(5), value(random, 2));
            return;
        }
        String name = names.get(random.nextInt(names.size()));
        JsonNode value = object.path(name);
        switch (random.nextInt(value.isContainerNode() ? 8 : 3)) {
            case 0 -> object.remove(name);
            case 1 -> object.set(name, value(random, 2));
            default -> {
                if (value.isContainerNode()) {
                    mutate(value, random);
                } else {
                    object.set(name, value(random, 0));
                }
            }
        }
    }

    private static void mutate(ArrayNode list, Random random) {
        int index = list.isEmpty() ? 0 : random.nextInt(list.size());
        switch (list.isEmpty() ? 0 : random.nextInt(5)) {
            case 0 -> list.insert(index, value(random, 2));
            case 1 -> list.remove(index);
            case 2 -> list.add(value(random, 2));
            default -> mutate(list.path(index), random);
        }
    }

    private static JsonNode value(Random random, int depth) {
        ObjectNode nodes = new ObjectMapper().createObjectNode();
        return switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> nodes.numberNode(random.nextInt());
            case 1 -> nodes.numberNode(random.nextInt(1000) / 8.0);
            case 2 -> nodes.booleanNode(random.nextBoolean());
            case 3 -> nodes.nullNode();
            case 4 -> nodes.textNode(TEXTS[random.nextInt(TEXTS.length)]);
            case 5 -> {
                ArrayNode list = nodes.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(value(random, depth - 1));
                }
                yield list;
            }
            default -> {
                for (int i = random.nextInt(4); i > 0; i--) {
                    String name = TEXTS[random.nextInt(TEXTS.length)];
                    nodes.set(name, value(random, depth - 1));
                }
                yield nodes;
            }
        };
    }

    /** The tests run in the module's directory or in the repository's. */
    private static List<Path> shipped() {
        Path here = Path.of("config");
        Path config =
                Files.exists(here.resolve("proxy.yaml.example")) ? here : Path.of("..", "config");
        return Stream.of("proxy.yaml.example", "proxy.yaml.secure", "keys.yaml.example")
                .map(config::resolve)
                .toList();
    }
}
