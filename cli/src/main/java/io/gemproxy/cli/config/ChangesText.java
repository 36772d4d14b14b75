package io.gemproxy.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.output.TextTable;
import java.util.List;

/** Differences between two configurations as a table. */
final class ChangesText {
    private ChangesText() {}

    /** A row for each setting that differs; what is not there is a dash. */
    static List<String> lines(JsonNode changes, String before, String after) {
        TextTable table = TextTable.headed("SETTING", before, after, "EFFECT");
        for (JsonNode change : changes) {
            table.row(
                    change.path("setting").asText(),
                    said(change.path("before")),
                    said(change.path("after")),
                    effect(change.path("takes_effect").asText()));
        }
        return table.lines();
    }

    private static String effect(String word) {
        return switch (word) {
            case "reload" -> "applies on reload";
            case "restart" -> "needs restart";
            default -> word;
        };
    }

    private static String said(JsonNode value) {
        return value.isTextual() || value.isNull() ? value.asText("") : value.toString();
    }
}
