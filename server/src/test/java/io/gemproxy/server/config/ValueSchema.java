package io.gemproxy.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The JSON Schema of one setting's value. */
final class ValueSchema {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String ANYTHING_BUT_BLANK = "\\S";
    private static final String CLIENT_CHARACTER = "\\p{L}\\p{Nd}._@:+/=|~#()-";
    private static final String CLIENT_NAME =
            "^["
                    + CLIENT_CHARACTER
                    + "]([ "
                    + CLIENT_CHARACTER
                    + "]{0,126}["
                    + CLIENT_CHARACTER
                    + "])?$";

    private ValueSchema() {}

    static ObjectNode of(Setting setting) {
        ObjectNode schema = JSON.objectNode().put("description", description(setting));
        schema.setAll(form(setting));
        setting.standard().ifPresent(text -> schema.set("default", value(setting, text)));
        schema.putArray("examples").add(value(setting, setting.example()));
        return schema;
    }

    /** A text as it would be written, as the JSON an editor takes it for. */
    static JsonNode value(Setting setting, String text) {
        return switch (setting.kind()) {
            case Kind.Whole _ -> JSON.numberNode(Long.parseLong(text));
            case Kind.Dollars _ -> JSON.numberNode(new BigDecimal(text));
            case Kind.Flag _ -> JSON.booleanNode(Boolean.parseBoolean(text));
            case Kind kind when kind.isList() -> yaml(text);
            default -> JSON.textNode(text);
        };
    }

    /** YAML as an editor sees it. */
    static JsonNode yaml(String text) {
        Object loaded = new Load(LoadSettings.builder().build()).loadFromString(text);
        return MAPPER.valueToTree(loaded);
    }

    private static String description(Setting setting) {
        String phrase = setting.kind().phrase();
        String form = phrase.substring(0, 1).toUpperCase(Locale.ROOT) + phrase.substring(1);
        String variable = setting.inList() ? "" : " Variable: " + setting.variable() + ".";
        return setting.doc() + " " + form + "." + variable;
    }

    private static ObjectNode form(Setting setting) {
        return switch (setting.kind()) {
            case Kind.Text _ when setting.secret() -> {
                ObjectNode schema = JSON.objectNode();
                schema.putArray("type").add("string").add("null");
                yield schema;
            }
            case Kind.Text text when text.emptyAllowed() -> text();
            case Kind.Text _ -> pattern(ANYTHING_BUT_BLANK);
            case Kind.FilePath _ -> pattern(ANYTHING_BUT_BLANK);
            case Kind.Texts _ -> listOf(text());
            case Kind.Words words -> listOf(orReference(oneOf(words.words())));
            case Kind.Globs _ -> listOf(orReference(pattern("^[!-~]{0,128}$")));
            case Kind.Origins _ -> listOf(orReference(plain(new Kind.Origin())));
            case Kind.Digests _ -> listOf(orReference(pattern("^(sha256:[0-9a-f]{64})?$")));
            default -> orReference(plain(setting.kind()));
        };
    }

    private static ObjectNode plain(Kind kind) {
        return switch (kind) {
            case Kind.Name _ -> pattern("^(" + Parsing.NAME + ")$");
            case Kind.Whole whole ->
                    JSON.objectNode()
                            .put("type", "integer")
                            .put("minimum", whole.min())
                            .put("maximum", whole.max());
            case Kind.Flag _ -> JSON.objectNode().put("type", "boolean");
            case Kind.Choice choice -> oneOf(choice.words());
            case Kind.Host _ ->
                    pattern("^(" + Parsing.HOST_NAME + "|" + Parsing.HOST_ADDRESS + ")$");
            case Kind.Origin _ -> pattern("^https?://[^\\s/?#@]+/?$");
            case Kind.Day _ -> pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}$").put("format", "date");
            case Kind.ClientName _ -> pattern(CLIENT_NAME);
            case Kind.Dollars _ ->
                    JSON.objectNode()
                            .put("type", "number")
                            .put("minimum", 0)
                            .put("maximum", 1_000_000_000);
            default -> throw new IllegalArgumentException(kind.toString());
        };
    }

    private static ObjectNode text() {
        return JSON.objectNode().put("type", "string");
    }

    private static ObjectNode pattern(String pattern) {
        return text().put("pattern", pattern);
    }

    private static ObjectNode oneOf(List<String> words) {
        ObjectNode schema = JSON.objectNode();
        ArrayNode choices = schema.putArray("enum");
        words.forEach(choices::add);
        return schema;
    }

    private static ObjectNode orReference(ObjectNode plain) {
        ObjectNode schema = JSON.objectNode();
        schema.putArray("anyOf").add(plain).addObject().put("$ref", "#/$defs/reference");
        return schema;
    }

    /** A list, or one text alone. */
    private static ObjectNode listOf(ObjectNode entry) {
        ObjectNode schema = JSON.objectNode();
        ArrayNode forms = schema.putArray("anyOf");
        forms.addObject().put("type", "array").set("items", entry);
        forms.add(entry.deepCopy());
        return schema;
    }
}
