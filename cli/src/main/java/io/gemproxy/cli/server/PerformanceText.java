package io.gemproxy.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.output.Humane;
import io.gemproxy.cli.output.TextTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The body of {@code /performance} as tables. */
final class PerformanceText {
    private static final List<String> MEASURES =
            List.of("duration_ms", "overhead_ms", "time_to_first_byte_ms");

    private PerformanceText() {}

    static List<String> lines(JsonNode performance) {
        List<String> lines = new ArrayList<>(rates(performance.path("windows")).lines());
        lines.add("");
        lines.addAll(latencies(performance.path("windows")).lines());
        lines.add("");
        lines.addAll(keys(performance.path("keys")).lines());
        lines.add("");
        lines.addAll(process(performance).lines());
        return lines;
    }

    private static TextTable rates(JsonNode windows) {
        TextTable table =
                TextTable.headed(
                        "WINDOW", "COVERS", "REQUESTS", "PER SECOND", "SUCCESS", "NO SUCCESS");
        for (JsonNode window : windows) {
            table.row(
                    window.path("window").asText(),
                    Humane.duration(Duration.ofSeconds(window.path("covered_seconds").asLong())),
                    window.path("requests").asText(),
                    decimals("%.2f", window.path("requests_per_second"), 1),
                    decimals("%.1f %%", window.path("success_rate"), 100),
                    others(window.path("results")));
        }
        return table;
    }

    /** How many ended otherwise, by how. */
    private static String others(JsonNode results) {
        List<String> others = new ArrayList<>();
        results.properties()
                .forEach(result -> {
                    if (!result.getKey().equals("Success") && result.getValue().asLong() > 0) {
                        others.add(result.getValue().asLong() + " " + result.getKey());
                    }
                });
        return String.join(", ", others);
    }

    private static TextTable latencies(JsonNode windows) {
        TextTable table =
                TextTable.headed("WINDOW", "MEASURED", "COUNT", "P50", "P95", "P99", "MAX");
        for (JsonNode window : windows) {
            for (String measure : MEASURES) {
                JsonNode of = window.path(measure);
                table.row(
                        window.path("window").asText(),
                        measure.replace("_ms", "").replace('_', ' '),
                        of.path("count").asText(),
                        millis(of.path("p50")),
                        millis(of.path("p95")),
                        millis(of.path("p99")),
                        millis(of.path("max")));
            }
        }
        return table;
    }

    private static TextTable keys(JsonNode keys) {
        TextTable table =
                TextTable.headed(
                        "KEY", "STATE", "REASON", "HEALTH", "REQUESTS", "FAILED", "LAST MINUTE");
        for (JsonNode key : keys) {
            table.row(
                    key.path("id").asText(),
                    key.path("state").asText(),
                    key.path("reason").asText(""),
                    decimals("%.0f %%", key.path("health"), 100),
                    key.path("requests").asText(),
                    key.path("failures").asText(),
                    key.path("requests_last_minute").asText());
        }
        return table;
    }

    private static TextTable process(JsonNode performance) {
        JsonNode process = performance.path("process");
        return new TextTable()
                .row(
                        "UPTIME",
                        Humane.duration(
                                Duration.ofSeconds(performance.path("uptime_seconds").asLong())))
                .row("CPU", number(process.path("cpu_seconds"), Form.SECONDS))
                .row("MEMORY", number(process.path("resident_memory_bytes"), Form.BYTES))
                .row("HEAP", number(process.path("heap_used_bytes"), Form.BYTES))
                .row("THREADS", number(process.path("threads"), Form.COUNT))
                .row("DESCRIPTORS", descriptors(process))
                .row("CONNECTIONS", performance.path("connections").asText())
                .row("STREAMS", performance.path("streams").asText());
    }

    private static String descriptors(JsonNode process) {
        String open = number(process.path("open_fds"), Form.COUNT);
        String most = number(process.path("max_fds"), Form.COUNT);
        return most.isEmpty() ? open : open + " of " + most;
    }

    private static String millis(JsonNode millis) {
        return millis.isNumber() ? Humane.seconds(millis.asDouble() / 1000) : "";
    }

    private static String decimals(String form, JsonNode number, int times) {
        return number.isNumber() ? String.format(Locale.ROOT, form, number.asDouble() * times) : "";
    }

    private static String number(JsonNode number, Form form) {
        if (!number.isNumber()) {
            return "";
        }
        return switch (form) {
            case SECONDS -> Humane.seconds(number.asDouble());
            case BYTES -> Humane.bytes(number.asDouble());
            case COUNT -> Long.toString(number.asLong());
        };
    }

    /** How a number is written. */
    private enum Form {
        SECONDS,
        BYTES,
        COUNT
    }
}
