package io.gemproxy.server.config.edit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Single values as YAML, with no more quotes than they need. */
final class ScalarText {
    /** What other readers of YAML take for something else than text. */
    private static final Pattern AMBIGUOUS =
            Pattern.compile(
                    "(?i)y|n|yes|no|on|off|true|false|null|~|[-+]?[.0-9][0-9_.,:ex+-]*|=|<<");

    /** Days and addresses, which are written bare everywhere. */
    private static final Pattern BARE =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}|\\d{1,3}(\\.\\d{1,3}){3}");

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]{0,127}");

    private ScalarText() {}

    /**
     * A value that is neither list nor mapping.
     *
     * @param like the style of what stood there, to be kept where it can
     */
    static String of(JsonNode value, ScalarStyle like) {
        if (!value.isTextual()) {
            return value.isNumber() ? value.decimalValue().toPlainString() : value.asText("null");
        }
        String text = value.textValue();
        if (like == ScalarStyle.SINGLE_QUOTED && text.chars().allMatch(ScalarText::isPrintable)) {
            return "'" + text.replace("'", "''") + "'";
        }
        return like != ScalarStyle.DOUBLE_QUOTED && isPlain(text) ? text : quoted(text);
    }

    /** The name of a member. */
    static String name(String name) {
        return NAME.matcher(name).matches() && !AMBIGUOUS.matcher(name).matches()
                ? name
                : quoted(name);
    }

    private static boolean isPlain(String text) {
        boolean clear = !AMBIGUOUS.matcher(text).matches() || BARE.matcher(text).matches();
        return clear
                && !text.isBlank()
                && text.length() <= 1_000
                && text.chars().allMatch(ScalarText::isPrintable)
                && isReadBack(text);
    }

    /** In brackets more characters have a meaning than outside. */
    private static boolean isReadBack(String text) {
        try {
            Optional<Node> node =
                    new Compose(LoadSettings.builder().build())
                            .composeString("[" + text + ", " + text + "]");
            return node.orElse(null) instanceof SequenceNode list
                    && list.getValue().size() == 2
                    && list.getValue().getFirst() instanceof ScalarNode scalar
                    && scalar.isPlain()
                    && scalar.getTag().equals(Tag.STR)
                    && scalar.getValue().equals(text);
        } catch (YamlEngineException meansSomethingElse) {
            return false;
        }
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '"' -> out.append("\\\"");
                        case '\\' -> out.append("\\\\");
                        case '\n' -> out.append("\\n");
                        case '\t' -> out.append("\\t");
                        case '\r' -> out.append("\\r");
                        default -> {
                            if (isPrintable(c)) {
                                out.appendCodePoint(c);
                            } else {
                                out.append(String.format(c < 0x10000 ? "\\u%04X" : "\\U%08X", c));
                            }
                        }
                    }
                });
        return out.append('"').toString();
    }

    private static boolean isPrintable(int c) {
        boolean control = c < ' ' || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
        boolean noCharacter = (c & 0xFFFE) == 0xFFFE || (c >= 0xD800 && c < 0xE000);
        return !control && !noCharacter && c != 0xFEFF;
    }
}
