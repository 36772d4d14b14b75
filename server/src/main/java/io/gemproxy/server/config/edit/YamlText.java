package io.gemproxy.server.config.edit;

import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Where in a text its nodes stand; places are indices of {@code char}s. */
final class YamlText {
    private final String text;
    private final boolean onlyBasic;

    YamlText(String text) {
        this.text = text;
        this.onlyBasic = text.codePointCount(0, text.length()) == text.length();
    }

    String text() {
        return text;
    }

    /** What ends its lines. */
    String newline() {
        return text.contains("\r\n") ? "\r\n" : "\n";
    }

    int start(Node node) {
        return place(node.getStartMark().orElseThrow());
    }

    int column(Node node) {
        return node.getStartMark().orElseThrow().getColumn();
    }

    /** A mark counts characters of Unicode. */
    private int place(Mark mark) {
        return onlyBasic ? mark.getIndex() : text.offsetByCodePoints(0, mark.getIndex());
    }

    /** Where the last character of a node is over, without comments and blank lines behind it. */
    int end(Node node) throws NotEditable {
        if (node instanceof CollectionNode<?> all
                && all.getFlowStyle() == FlowStyle.BLOCK
                && !all.getValue().isEmpty()) {
            return switch (node) {
                case MappingNode mapping -> end(mapping.getValue().getLast());
                case SequenceNode list -> endOfEntry(list);
                default -> throw new NotEditable("it holds what is no value");
            };
        }
        int end = place(node.getEndMark().orElseThrow());
        return node instanceof ScalarNode scalar && isBlock(scalar)
                ? withoutBlanks(start(node), end)
                : end;
    }

    private int endOfEntry(SequenceNode list) throws NotEditable {
        Node last = list.getValue().getLast();
        if (start(last) < start(list)) {
            throw new NotEditable("it ends with an alias");
        }
        return end(last);
    }

    static boolean isBlock(ScalarNode scalar) {
        return scalar.getScalarStyle() == ScalarStyle.LITERAL
                || scalar.getScalarStyle() == ScalarStyle.FOLDED;
    }

    static boolean isFlow(CollectionNode<?> node) {
        return node.getFlowStyle() == FlowStyle.FLOW;
    }

    private int withoutBlanks(int start, int end) {
        int at = end;
        while (at > start && Character.isWhitespace(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    /** Where a member of a block is over. */
    int end(NodeTuple member) throws NotEditable {
        Node value = member.getValueNode();
        int colon = behindColon(member);
        if (isAlias(member)) {
            return endOfWord(colon);
        }
        boolean nothing = value instanceof ScalarNode scalar && isNothing(scalar);
        return nothing ? colon : end(value);
    }

    private static boolean isNothing(ScalarNode scalar) {
        return scalar.isPlain() && scalar.getValue().isEmpty();
    }

    /** Whether the value is written elsewhere, before. */
    boolean isAlias(NodeTuple member) {
        return start(member.getValueNode()) < start(member.getKeyNode());
    }

    private int endOfWord(int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /**
     * The place behind the colon of a member.
     *
     * @throws NotEditable if the member is not written as a name and a colon
     */
    int behindColon(NodeTuple member) throws NotEditable {
        int at = end(member.getKeyNode());
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        if (at >= text.length() || text.charAt(at) != ':') {
            throw new NotEditable("a name has no colon behind it");
        }
        return at + 1;
    }

    int lineStart(int place) {
        return text.lastIndexOf('\n', place - 1) + 1;
    }

    /** The end of the line, before what ends it. */
    int lineEnd(int place) {
        int newline = text.indexOf('\n', place);
        int end = newline < 0 ? text.length() : newline;
        return end > place && text.charAt(end - 1) == '\r' ? end - 1 : end;
    }

    /** The start of the next line. */
    int nextLine(int place) {
        int newline = text.indexOf('\n', place);
        return newline < 0 ? text.length() : newline + 1;
    }

    /** What stands on the line before a place. */
    String before(int place) {
        return text.substring(lineStart(place), place);
    }

    String slice(int start, int end) {
        return text.substring(start, end);
    }

    /** Never shows the text. */
    @Override
    public String toString() {
        return "YamlText[" + text.length() + " characters]";
    }
}
