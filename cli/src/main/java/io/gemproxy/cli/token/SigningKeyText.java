package io.gemproxy.cli.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.output.Humane;
import io.gemproxy.cli.output.TextTable;
import java.time.Instant;
import java.util.List;

/** Signing secrets as a table: by name, never themselves. */
final class SigningKeyText {
    private SigningKeyText() {}

    static List<String> lines(JsonNode keys) {
        TextTable table = TextTable.headed("NAME", "STATUS", "MADE", "AGE", "VERIFIES UNTIL");
        for (JsonNode key : keys.path("keys")) {
            table.row(
                    key.path("kid").asText(),
                    key.path("status").asText(),
                    time(key.path("created_at")),
                    key.path("age_days").asText() + " d",
                    time(key.path("verifies_until")));
        }
        return table.lines();
    }

    private static String time(JsonNode time) {
        return time.isTextual() ? Humane.time(Instant.parse(time.textValue())) : "";
    }
}
