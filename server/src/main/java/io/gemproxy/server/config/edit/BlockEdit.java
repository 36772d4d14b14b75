package io.gemproxy.server.config.edit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Finds the splices that turn nodes into other values, the smallest that will do. */
final class BlockEdit {
    private final YamlText text;
    private final YamlRendering rendering;
    private final FlowEdit flow;

    BlockEdit(YamlText text) {
        this.text = text;
        this.rendering = new YamlRendering(text.newline());
        this.flow = new FlowEdit(text);
    }

    /**
     * What is to be done to a node.
     *
     * @throws NotEditable if only the text of the whole node can be replaced
     */
    List<Splice> of(Node node, JsonNode wanted) throws NotEditable {
        if (YamlTree.of(node).equals(wanted)) {
            return List.of();
        }
        return switch (node) {
            case MappingNode it when YamlText.isFlow(it) -> flow.of(it, wanted);
            case SequenceNode it when YamlText.isFlow(it) -> flow.of(it, wanted);
            case MappingNode it when wanted instanceof ObjectNode object -> mapping(it, object);
            case SequenceNode it when wanted instanceof ArrayNode list -> list(it, list);
            case ScalarNode it when wanted.isValueNode() && !YamlText.isBlock(it) ->
                    scalar(it, wanted);
            default -> throw new NotEditable("it becomes something else");
        };
    }

    private List<Splice> scalar(ScalarNode node, JsonNode wanted) throws NotEditable {
        int start = text.start(node);
        int end = text.end(node);
        if (start == end || node.getAnchor().isPresent()) {
            throw new NotEditable("there is nothing to replace");
        }
        String value = ScalarText.of(wanted, node.getScalarStyle());
        return List.of(new Splice(start, end, value));
    }

    private List<Splice> mapping(MappingNode node, ObjectNode wanted) throws NotEditable {
        List<Splice> splices = new ArrayList<>();
        Set<String> there = new HashSet<>();
        int indent = text.column(node.getValue().getFirst().getKeyNode());
        int end = -1;
        for (NodeTuple member : node.getValue()) {
            String name = ((ScalarNode) member.getKeyNode()).getValue();
            there.add(name);
            JsonNode value = wanted.get(name);
            if (value == null) {
                splices.add(removed(text.start(member.getKeyNode()), text.end(member)));
            } else {
                splices.addAll(member(member, value, indent));
                end = text.lineEnd(text.end(member));
            }
        }
        if (end < 0) {
            throw new NotEditable("nothing of it is left");
        }
        for (Map.Entry<String, JsonNode> added : wanted.properties()) {
            if (!there.contains(added.getKey())) {
                String member = rendering.member(added.getKey(), added.getValue(), indent);
                splices.add(new Splice(end, end, rendering.line(indent) + member));
            }
        }
        return splices;
    }

    /** Whole lines; comments before them stay. */
    private Splice removed(int start, int end) throws NotEditable {
        if (!text.before(start).isBlank()) {
            throw new NotEditable("it shares its line with what stays");
        }
        return new Splice(text.lineStart(start), text.nextLine(end), "");
    }

    private List<Splice> member(NodeTuple member, JsonNode wanted, int indent) throws NotEditable {
        if (YamlTree.of(member.getValueNode()).equals(wanted)) {
            return List.of();
        }
        if (!text.isAlias(member)) {
            try {
                return of(member.getValueNode(), wanted);
            } catch (NotEditable asAWhole) {
                // as below
            }
        }
        return List.of(
                new Splice(
                        text.behindColon(member),
                        text.end(member),
                        rendering.behindColon(wanted, indent)));
    }

    private List<Splice> list(SequenceNode node, ArrayNode wanted) throws NotEditable {
        List<JsonNode> before = new ArrayList<>();
        for (Node entry : node.getValue()) {
            before.add(YamlTree.of(entry));
        }
        List<JsonNode> after = new ArrayList<>();
        wanted.forEach(after::add);
        EntryMatch match = EntryMatch.of(before, after);
        List<Splice> splices = new ArrayList<>();
        int end = -1;
        for (EntryMatch.Step step : match.steps()) {
            switch (step) {
                case EntryMatch.Kept(int from, int to) -> {
                    Node entry = node.getValue().get(from);
                    splices.addAll(entry(entry, after.get(to)));
                    end = text.lineEnd(text.end(entry));
                }
                case EntryMatch.Removed(int from) ->
                        splices.add(dropped(node.getValue().get(from)));
                case EntryMatch.Added(int to) -> {
                    if (end < 0) {
                        throw new NotEditable("it would come before all others");
                    }
                    int indent = text.column(node);
                    String entry = rendering.entry(after.get(to), indent + 2);
                    splices.add(new Splice(end, end, rendering.line(indent) + "- " + entry));
                }
            }
        }
        if (end < 0) {
            throw new NotEditable("nothing of it is left");
        }
        return splices;
    }

    private List<Splice> entry(Node node, JsonNode wanted) throws NotEditable {
        try {
            return of(node, wanted);
        } catch (NotEditable asAWhole) {
            String entry = rendering.entry(wanted, text.column(node));
            return List.of(new Splice(text.start(node), text.end(node), entry));
        }
    }

    private Splice dropped(Node entry) throws NotEditable {
        int start = text.start(entry);
        String before = text.before(start);
        if (!before.strip().equals("-")) {
            throw new NotEditable("it shares its line with what stays");
        }
        return removed(start - before.length() + before.indexOf('-'), text.end(entry));
    }
}
