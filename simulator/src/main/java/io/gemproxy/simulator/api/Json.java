package io.gemproxy.simulator.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;

/** JSON as Google writes it: indented by two for whole answers, on one line for events. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ObjectWriter PRETTY = MAPPER.writer(pretty());
    private static final ObjectWriter LINE = MAPPER.writer(new OneLine());

    private static final byte[] NEWLINE = {'\n'};
    private static final byte[] NOTHING = {};

    private Json() {}

    private static PrettyPrinter pretty() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        Separators separators =
                Separators.createDefaultInstance()
                        .withObjectFieldValueSpacing(Separators.Spacing.AFTER);
        return new DefaultPrettyPrinter(separators)
                .withObjectIndenter(indenter)
                .withArrayIndenter(indenter);
    }

    /** An empty object. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** An empty array. */
    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** The first of these members that is an object; an empty one when none is. */
    static ObjectNode child(JsonNode of, String... names) {
        for (String name : names) {
            if (of.path(name) instanceof ObjectNode found) {
                return found;
            }
        }
        return object();
    }

    /** The first of these members that is a text; an empty one when none is. */
    static String text(JsonNode of, String... names) {
        for (String name : names) {
            if (of.path(name).isTextual()) {
                return of.path(name).asText();
            }
        }
        return "";
    }

    /** Parses; an empty text is an empty object. */
    public static JsonNode parse(byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            return object();
        }
        JsonNode node = MAPPER.readTree(bytes);
        return node == null ? object() : node;
    }

    /** Indented, with a newline at the end. */
    public static byte[] pretty(JsonNode node) {
        return bytes(PRETTY, node, NEWLINE);
    }

    /** On one line, without a newline. */
    public static byte[] line(JsonNode node) {
        return bytes(LINE, node, NOTHING);
    }

    private static byte[] bytes(ObjectWriter writer, JsonNode node, byte[] end) {
        try {
            byte[] bytes = writer.writeValueAsBytes(node);
            byte[] ended = Arrays.copyOf(bytes, bytes.length + end.length);
            System.arraycopy(end, 0, ended, bytes.length, end.length);
            return ended;
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree can be written", impossible);
        }
    }

    /** A space after each colon, nothing else. */
    private static final class OneLine extends MinimalPrettyPrinter {
        private static final long serialVersionUID = 1L;

        @Override
        public void writeObjectFieldValueSeparator(JsonGenerator to) throws IOException {
            to.writeRaw(": ");
        }
    }
}
