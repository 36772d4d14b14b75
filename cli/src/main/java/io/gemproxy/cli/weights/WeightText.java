package io.gemproxy.cli.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gemproxy.cli.output.Humane;
import io.gemproxy.cli.output.Printer;
import io.gemproxy.cli.output.TextTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Weights as tables. */
final class WeightText {
    private WeightText() {}

    /** What holds now. */
    static List<String> now(JsonNode weights) {
        List<String> lines = new ArrayList<>();
        lines.add(
                weights.path("preset").isNull()
                        ? "the configured weights hold"
                        : "preset "
                                + Printer.plain(weights.path("preset").asText())
                                + " holds since "
                                + time(weights.path("applied_at"))
                                + ", applied by "
                                + Printer.plain(weights.path("applied_by").asText()));
        lines.add("");
        TextTable table = TextTable.headed("KEY", "WEIGHT", "FROM");
        for (JsonNode key : weights.path("keys")) {
            table.row(
                    key.path("id").asText(),
                    key.path("weight").asText(),
                    key.path("from_preset").asBoolean() ? "preset" : "configuration");
        }
        lines.addAll(table.lines());
        return lines;
    }

    /** All presets, one a line. */
    static List<String> presets(JsonNode presets) {
        TextTable table = TextTable.headed("", "PRESET", "SAVED", "BY", "WEIGHTS");
        for (JsonNode preset : presets) {
            table.row(
                    preset.path("applied").asBoolean() ? "holds" : "",
                    preset.path("name").asText(),
                    time(preset.path("saved_at")),
                    preset.path("saved_by").asText(),
                    preset.path("weights").properties().stream()
                            .map(WeightText::weight)
                            .collect(Collectors.joining(" ")));
        }
        return table.lines();
    }

    /** One of them. */
    static List<String> preset(JsonNode preset) {
        return presets(JsonNodeFactory.instance.arrayNode().add(preset));
    }

    private static String weight(Map.Entry<String, JsonNode> weight) {
        return weight.getKey() + "=" + weight.getValue().asText();
    }

    private static String time(JsonNode time) {
        return Humane.time(Instant.parse(time.asText()));
    }
}
