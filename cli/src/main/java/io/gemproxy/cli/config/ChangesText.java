package io.gemproxy.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.output.TextTable;
import java.util.List;

/** Differences between two configurations as a table. */
final class ChangesText {
    private ChangesText() {}

    /** A row for each setting that differs; what is not there is a dash. */
    static List<String> lines(JsonNode changes, String before, String after) {
        TextTable table = TextTable.headed("SETTING", before, after);
        for (JsonNode change : changes) {
            table.row(
                    change.path("setting").asText(),
                    said(change.path("before")),
                    said(change.path("after")));
        }
        return table.lines();
    }

    private static String said(JsonNode value) {
        return value.isTextual() || value.isNull() ? value.asText("") : value.toString();
    }
}
