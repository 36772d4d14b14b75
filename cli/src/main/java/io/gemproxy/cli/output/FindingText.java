package io.gemproxy.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The findings of a configuration, as the admin API tells them, in lines. */
public final class FindingText {
    private FindingText() {}

    /**
     * A line for each finding, as {@code validate} writes it; without its source if it has none.
     */
    public static List<String> lines(JsonNode findings) {
        List<String> lines = new ArrayList<>();
        for (JsonNode finding : findings) {
            String key = finding.path("key").asText();
            String source = finding.path("source").asText();
            String place =
                    finding.path("line").isInt()
                            ? ":"
                                    + finding.path("line").asInt()
                                    + ":"
                                    + finding.path("column").asInt()
                            : "";
            lines.add(
                    Printer.plain(
                            (source.isEmpty() ? "" : source + place + ": ")
                                    + finding.path("severity").asText()
                                    + ": "
                                    + (key.isEmpty() ? "" : key + ": ")
                                    + finding.path("message").asText()
                                    + " — "
                                    + finding.path("fix").asText()
                                    + " ["
                                    + finding.path("code").asText()
                                    + "]"));
        }
        return lines;
    }
}
