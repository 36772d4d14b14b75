package io.gemproxy.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.gemproxy.cli.output.Humane;
import io.gemproxy.cli.output.TextTable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The body of {@code /errors} as tables. */
final class ErrorsText {
    private final InstantSource clock;

    ErrorsText(InstantSource clock) {
        this.clock = clock;
    }

    List<String> lines(JsonNode errors) {
        List<String> windows = new ArrayList<>();
        errors.path("total").fieldNames().forEachRemaining(windows::add);
        List<String> lines = new ArrayList<>(counts(errors, windows).lines());
        if (!errors.path("recent").isEmpty()) {
            lines.add("");
            lines.addAll(recent(errors.path("recent")).lines());
        }
        return lines;
    }

    private TextTable counts(JsonNode errors, List<String> windows) {
        List<String> heading = new ArrayList<>(List.of("BY", "WHAT"));
        windows.forEach(window -> heading.add(window.replace('_', ' ').toUpperCase(Locale.ROOT)));
        heading.addAll(List.of("LAST", "REASON"));
        TextTable table = TextTable.headed(heading.toArray(String[]::new));
        table.row(row("all", "", errors.path("total"), windows, MissingNode.getInstance()));
        counts(table, "class", errors.path("classes"), windows);
        counts(table, "model", errors.path("models"), windows);
        counts(table, "key", errors.path("keys"), windows);
        return table;
    }

    private void counts(TextTable table, String by, JsonNode counts, List<String> windows) {
        counts.properties()
                .forEach(count -> {
                    JsonNode of = count.getValue();
                    table.row(row(by, count.getKey(), of.path("counts"), windows, of.path("last")));
                });
    }

    private String[] row(
            String by, String what, JsonNode counts, List<String> windows, JsonNode last) {
        List<String> cells = new ArrayList<>(List.of(by, what));
        windows.forEach(window -> cells.add(counts.path(window).asText()));
        cells.add(ago(last.path("time")));
        cells.add(last.path("reason").asText(""));
        return cells.toArray(String[]::new);
    }

    private TextTable recent(JsonNode examples) {
        TextTable table =
                TextTable.headed(
                        "TIME",
                        "REQUEST",
                        "STATUS",
                        "CLASS",
                        "REASON",
                        "OPERATION",
                        "MODEL",
                        "KEY");
        for (JsonNode example : examples) {
            table.row(
                    ago(example.path("time")),
                    example.path("request_id").asText(),
                    example.path("status").asText(),
                    example.path("class").asText(),
                    example.path("reason").asText(),
                    example.path("operation").asText(),
                    example.path("model").asText(),
                    example.path("key").asText(""));
        }
        return table;
    }

    private String ago(JsonNode time) {
        try {
            return time.isTextual()
                    ? Humane.distance(clock.instant(), Instant.parse(time.asText()))
                    : "";
        } catch (DateTimeException odd) {
            return time.asText();
        }
    }
}
