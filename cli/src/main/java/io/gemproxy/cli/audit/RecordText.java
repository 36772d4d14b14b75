package io.gemproxy.cli.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.cli.output.Humane;
import io.gemproxy.cli.output.Printer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One audit record as a line for people; the fields a record has not are left out. */
final class RecordText {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private RecordText() {}

    static String line(String text) {
        try {
            return Printer.plain(String.join("  ", words(JSON.readTree(text))));
        } catch (JsonProcessingException impossible) {
            return text;
        }
    }

    private static List<String> words(JsonNode record) {
        List<String> words = new ArrayList<>();
        add(words, record, "timestamp", "");
        add(words, record, "event_type", "");
        add(words, record, "result", "");
        add(words, record, "status", "");
        add(words, record, "actor", "");
        what(words, record);
        add(words, record, "target", "");
        add(words, record, "subject", "for ");
        add(words, record, "jti", "jti ");
        add(words, record, "key_id", "key ");
        add(words, record, "state", "now ");
        add(words, record, "policy", "limit ");
        tries(words, record);
        if (record.path("duration_ms").isNumber()) {
            words.add(Humane.span(Duration.ofMillis(record.path("duration_ms").asLong())));
        }
        tokens(words, record.path("tokens"));
        cost(words, record);
        add(words, record, "reason", "");
        add(words, record, "error_reason", "");
        add(words, record, "request_id", "req ");
        return words;
    }

    /** What was asked for; an event that is no request has only its action. */
    private static void what(List<String> words, JsonNode record) {
        add(words, record, record.path("operation").isTextual() ? "operation" : "action", "");
        add(words, record, "path", "");
        String model = record.path("model").asText("");
        if (!record.path("path").asText("").contains("/" + model)) {
            add(words, record, "model", "");
        }
    }

    private static void add(List<String> words, JsonNode record, String field, String prefix) {
        String value = record.path(field).asText("");
        if (!value.isEmpty() && !value.equals("null")) {
            words.add(prefix + value);
        }
    }

    private static void tries(List<String> words, JsonNode record) {
        int tries = record.path("attempts").size();
        if (tries > 1) {
            words.add(tries + " tries");
        }
    }

    private static void tokens(List<String> words, JsonNode tokens) {
        if (tokens.path("total").isNumber()) {
            words.add(
                    "tokens "
                            + (tokens.path("prompt").asLong() + tokens.path("tool_use").asLong())
                            + " in "
                            + (tokens.path("candidates").asLong()
                                    + tokens.path("thoughts").asLong())
                            + " out");
        }
    }

    /** What used something without a price is not told as if it had none. */
    private static void cost(List<String> words, JsonNode record) {
        boolean unpriced = record.path("unpriced").asBoolean();
        if (record.path("cost_usd").isNumber()) {
            words.add(
                    record.path("cost_usd").decimalValue().stripTrailingZeros().toPlainString()
                            + (unpriced ? "+ USD" : " USD"));
        } else if (unpriced) {
            words.add("unpriced");
        }
    }
}
