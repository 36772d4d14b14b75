package io.gemproxy.server.config.edit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Gives a YAML text other values and changes no more of it than that takes: comments, order and
 * quoting of the rest stay. Where a change cannot be made in place the smallest node round it is
 * written anew, at worst the whole text below its first comment.
 */
public final class YamlEditor {
    private YamlEditor() {}

    /**
     * The text with the wanted values.
     *
     * @param text of one YAML document, or anything that is to be replaced
     * @param wanted what reading the result gives; lists, mappings and plain values
     * @throws NotEditable if no YAML says that within the bounds of {@link YamlTree}
     */
    public static String edit(String text, JsonNode wanted) throws NotEditable {
        JsonNode target = YamlTree.canonical(wanted);
        Optional<String> edited = careful(text, target).or(() -> sections(text, target));
        return edited.isPresent() ? edited.get() : whole(text, target);
    }

    private static Optional<String> careful(String text, JsonNode wanted) {
        Optional<Node> root = root(text);
        if (root.isEmpty()) {
            return Optional.empty();
        }
        try {
            List<Splice> splices = new BlockEdit(new YamlText(text)).of(root.get(), wanted);
            return checked(Splice.apply(text, splices), wanted);
        } catch (NotEditable asAWhole) {
            return Optional.empty();
        }
    }

    /** Writes each section that differs anew; the others keep their text. */
    private static Optional<String> sections(String text, JsonNode wanted) {
        if (!(root(text).orElse(null) instanceof MappingNode root
                && wanted instanceof ObjectNode object
                && !YamlText.isFlow(root))) {
            return Optional.empty();
        }
        YamlText places = new YamlText(text);
        YamlRendering rendering = new YamlRendering(places.newline());
        List<Splice> splices = new ArrayList<>();
        try {
            YamlTree.of(root);
            for (NodeTuple member : root.getValue()) {
                JsonNode value = object.get(((ScalarNode) member.getKeyNode()).getValue());
                if (value != null && !value.equals(YamlTree.of(member.getValueNode()))) {
                    splices.add(
                            new Splice(
                                    places.behindColon(member),
                                    places.end(member),
                                    rendering.behindColon(value, 0)));
                }
            }
        } catch (NotEditable asAWhole) {
            return Optional.empty();
        }
        return careful(Splice.apply(text, splices), wanted);
    }

    private static String whole(String text, JsonNode wanted) throws NotEditable {
        String head =
                text.lines()
                        .takeWhile(line -> line.isBlank() || line.startsWith("#"))
                        .map(line -> line + "\n")
                        .collect(Collectors.joining());
        String written = new YamlRendering("\n").document(wanted);
        return checked(head + written, wanted)
                .or(() -> checked(written, wanted))
                .orElseThrow(() ->
                        new NotEditable("it is too deep or too much, or holds broken characters"));
    }

    private static Optional<String> checked(String text, JsonNode wanted) {
        try {
            Optional<Node> root = root(text);
            return root.isPresent() && YamlTree.of(root.get()).equals(wanted)
                    ? Optional.of(text)
                    : Optional.empty();
        } catch (NotEditable somethingElse) {
            return Optional.empty();
        }
    }

    private static Optional<Node> root(String text) {
        try {
            return new Compose(LoadSettings.builder().setUseMarks(true).build())
                    .composeString(text);
        } catch (YamlEngineException noYaml) {
            return Optional.empty();
        }
    }
}
