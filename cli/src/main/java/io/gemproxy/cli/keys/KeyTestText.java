package io.gemproxy.cli.keys;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.output.Humane;
import io.gemproxy.cli.output.Paint;
import io.gemproxy.cli.output.Printer;
import io.gemproxy.cli.output.TextTable;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What Google said of keys, in words. */
final class KeyTestText {
    private final Printer printer;
    private final InstantSource clock;

    KeyTestText(Printer printer, InstantSource clock) {
        this.printer = printer;
        this.clock = clock;
    }

    /** Of one key: each question, and the key as it is now. */
    List<String> one(String id, JsonNode test) {
        TextTable table = TextTable.headed("ASKED", "MODEL", "ANSWER", "AFTER");
        for (JsonNode step : test.path("steps")) {
            table.row(
                    step.path("step").asText(),
                    step.path("model").asText(""),
                    step.path("reason").asText(),
                    millis(step.path("took_ms").asDouble()));
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        lines.add(
                Printer.plain(id)
                        + (test.path("works").asBoolean()
                                ? printer.paint(Paint.GREEN, " works")
                                : printer.paint(Paint.RED, " does not work")));
        lines.add("");
        lines.addAll(new KeyText(new Moments(clock)).lines(test.path("key")));
        return lines;
    }

    /** Of all keys: one a line, and how many work. */
    List<String> all(JsonNode tests) {
        TextTable table = TextTable.headed("KEY", "WORKS", "LAST ANSWER", "AFTER");
        int working = 0;
        for (JsonNode test : tests) {
            boolean works = test.path("works").asBoolean();
            working += works ? 1 : 0;
            table.row(
                    test.path("key_id").asText(),
                    works ? "yes" : "no",
                    answer(test),
                    took(test.path("steps")));
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        lines.add(
                working
                        + " of "
                        + Humane.count(tests.size(), "key")
                        + (working == 1 ? " works" : " work"));
        return lines;
    }

    private static String answer(JsonNode test) {
        JsonNode steps = test.path("steps");
        return test.has("error")
                ? test.path("error").asText()
                : steps.path(steps.size() - 1).path("reason").asText();
    }

    private static String took(JsonNode steps) {
        double sum = 0;
        for (JsonNode step : steps) {
            sum += step.path("took_ms").asDouble();
        }
        return steps.isEmpty() ? "" : millis(sum);
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, "%.0f ms", millis);
    }
}
