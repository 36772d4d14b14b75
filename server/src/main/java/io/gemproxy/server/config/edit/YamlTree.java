package io.gemproxy.server.config.edit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The values that YAML nodes stand for, in a form in which equal values are equal. */
final class YamlTree {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MOST_NODES = 100_000;
    private static final int MOST_DEPTH = 64;

    private int nodes;

    private YamlTree() {}

    /**
     * The values of a node.
     *
     * @throws NotEditable for a name that is no text or is there twice, and for aliases that make
     *     more of it than could be meant
     */
    static JsonNode of(Node node) throws NotEditable {
        return new YamlTree().value(node, 0);
    }

    /** Refuses values that could not be read back as YAML. */
    static void requireBounds(JsonNode tree) throws NotEditable {
        new YamlTree().count(tree, 0);
    }

    private void count(JsonNode tree, int depth) throws NotEditable {
        if (++nodes > MOST_NODES || depth > MOST_DEPTH) {
            throw new NotEditable("it is too deep or too much");
        }
        for (JsonNode part : tree) {
            count(part, depth + 1);
        }
    }

    private JsonNode value(Node node, int depth) throws NotEditable {
        if (++nodes > MOST_NODES || depth > MOST_DEPTH) {
            throw new NotEditable("its aliases make too much of it");
        }
        return switch (node) {
            case ScalarNode scalar -> scalar(scalar);
            case SequenceNode list -> list(list, depth);
            case MappingNode mapping -> mapping(mapping, depth);
            default -> throw new NotEditable("it holds what is no value");
        };
    }

    private ArrayNode list(SequenceNode list, int depth) throws NotEditable {
        ArrayNode array = JSON.arrayNode();
        for (Node entry : list.getValue()) {
            array.add(value(entry, depth + 1));
        }
        return array;
    }

    private ObjectNode mapping(MappingNode mapping, int depth) throws NotEditable {
        ObjectNode object = JSON.objectNode();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode name) || object.has(name.getValue())) {
                throw new NotEditable("a name is no text or is there twice");
            }
            object.set(name.getValue(), value(tuple.getValueNode(), depth + 1));
        }
        return object;
    }

    static JsonNode scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        if (!scalar.isPlain()) {
            return JSON.textNode(text);
        }
        if (scalar.getTag().equals(Tag.NULL)) {
            return JSON.nullNode();
        }
        if (scalar.getTag().equals(Tag.BOOL)) {
            return JSON.booleanNode(text.equals("true"));
        }
        boolean number = scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT);
        return number && text.length() < 40 ? number(text) : JSON.textNode(text);
    }

    private static JsonNode number(String text) {
        try {
            return canonical(new BigDecimal(text));
        } catch (NumberFormatException noDecimal) {
            return JSON.textNode(text);
        }
    }

    /** The same values, with numbers in the form that this class gives them. */
    static JsonNode canonical(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            ObjectNode copy = JSON.objectNode();
            object.properties().forEach(it -> copy.set(it.getKey(), canonical(it.getValue())));
            return copy;
        }
        if (tree instanceof ArrayNode array) {
            ArrayNode copy = JSON.arrayNode();
            array.forEach(entry -> copy.add(canonical(entry)));
            return copy;
        }
        return tree.isNumber() ? canonical(tree.decimalValue()) : tree;
    }

    private static JsonNode canonical(BigDecimal number) {
        if (Math.abs((long) number.scale()) > 400) {
            return JSON.textNode(number.toString());
        }
        BigDecimal plain = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        if (plain.scale() > 0) {
            return JSON.numberNode(plain);
        }
        BigInteger whole = plain.toBigIntegerExact();
        return whole.bitLength() < Long.SIZE
                ? JSON.numberNode(whole.longValue())
                : JSON.numberNode(whole);
    }
}
