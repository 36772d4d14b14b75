package io.gemproxy.server.config.edit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Changes what stands in brackets and braces; what did not change keeps its text. */
final class FlowEdit {
    private final YamlText text;

    FlowEdit(YamlText text) {
        this.text = text;
    }

    /** What is to be done to a list or mapping in brackets. */
    List<Splice> of(Node node, JsonNode wanted) throws NotEditable {
        if (YamlTree.of(node).equals(wanted)) {
            return List.of();
        }
        boolean written = text.start(node) < text.end(node) && node.getAnchor().isEmpty();
        if (!written) {
            throw new NotEditable("it has an anchor");
        }
        return switch (node) {
            case MappingNode it when wanted instanceof ObjectNode object && sameNames(it, object) ->
                    inPlace(it, object);
            case SequenceNode it when it.getValue().size() == wanted.size() && wanted.isArray() ->
                    inPlace(it, (ArrayNode) wanted);
            default ->
                    List.of(new Splice(text.start(node), text.end(node), rewritten(node, wanted)));
        };
    }

    private static boolean sameNames(MappingNode node, ObjectNode wanted) {
        return node.getValue().size() == wanted.size()
                && node.getValue().stream().allMatch(it -> wanted.has(name(it)));
    }

    private List<Splice> inPlace(MappingNode node, ObjectNode wanted) throws NotEditable {
        List<Splice> splices = new ArrayList<>();
        for (NodeTuple member : node.getValue()) {
            splices.addAll(child(member.getValueNode(), wanted.path(name(member)), node));
        }
        return splices;
    }

    private List<Splice> inPlace(SequenceNode node, ArrayNode wanted) throws NotEditable {
        List<Splice> splices = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            splices.addAll(child(node.getValue().get(i), wanted.path(i), node));
        }
        return splices;
    }

    private List<Splice> child(Node child, JsonNode wanted, Node parent) throws NotEditable {
        if (YamlTree.of(child).equals(wanted)) {
            return List.of();
        }
        boolean inside =
                text.start(child) > text.start(parent) && text.start(child) < text.end(child);
        if (!inside || child.getAnchor().isPresent()) {
            throw new NotEditable("it is written elsewhere");
        }
        if (child instanceof ScalarNode scalar && wanted.isValueNode()) {
            String value = ScalarText.of(wanted, scalar.getScalarStyle());
            return List.of(new Splice(text.start(child), text.end(child), value));
        }
        return of(child, wanted);
    }

    private String rewritten(Node node, JsonNode wanted) throws NotEditable {
        return switch (node) {
            case MappingNode it when wanted instanceof ObjectNode object -> mapping(it, object);
            case SequenceNode it when wanted instanceof ArrayNode list -> list(it, list);
            default -> YamlRendering.flow(wanted);
        };
    }

    private String mapping(MappingNode node, ObjectNode wanted) throws NotEditable {
        Map<String, Node> there = new HashMap<>();
        node.getValue().forEach(it -> there.put(name(it), it.getValueNode()));
        List<String> members = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : wanted.properties()) {
            String value = kept(there.get(member.getKey()), node, member.getValue());
            members.add(ScalarText.name(member.getKey()) + ": " + value);
        }
        return "{" + String.join(", ", members) + "}";
    }

    private String list(SequenceNode node, ArrayNode wanted) throws NotEditable {
        Map<JsonNode, Node> there = new HashMap<>();
        for (Node entry : node.getValue()) {
            there.putIfAbsent(YamlTree.of(entry), entry);
        }
        List<String> entries = new ArrayList<>();
        for (JsonNode entry : wanted) {
            entries.add(kept(there.get(entry), node, entry));
        }
        return "[" + String.join(", ", entries) + "]";
    }

    private String kept(@Nullable Node node, Node parent, JsonNode wanted) throws NotEditable {
        if (node == null || text.start(node) <= text.start(parent)) {
            return YamlRendering.flow(wanted);
        }
        boolean same = text.start(node) < text.end(node) && YamlTree.of(node).equals(wanted);
        return same ? text.slice(text.start(node), text.end(node)) : YamlRendering.flow(wanted);
    }

    private static String name(NodeTuple member) {
        return ((ScalarNode) member.getKeyNode()).getValue();
    }
}
