package io.gemproxy.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.output.FindingText;
import io.gemproxy.cli.output.Paint;
import io.gemproxy.cli.output.Printer;
import java.util.ArrayList;
import java.util.List;

/** What came of a reload, in words. */
final class ReloadText {
    private ReloadText() {}

    /** Of one that the server has put into effect, or found nothing new in. */
    static List<String> outcome(JsonNode reload, Printer printer) {
        String version = Printer.plain(reload.path("version").asText());
        if (reload.path("result").asText().equals("unchanged")) {
            return List.of("unchanged: " + version);
        }
        List<String> lines = new ArrayList<>();
        lines.add(printer.paint(Paint.GREEN, "applied") + ": " + version);
        reload.path("changed").forEach(path -> lines.add("  " + Printer.plain(path.asText())));
        if (!reload.path("need_restart").isEmpty()) {
            lines.add(printer.paint(Paint.YELLOW, "takes effect at the next start") + ":");
            reload.path("need_restart")
                    .forEach(path -> lines.add("  " + Printer.plain(path.asText())));
        }
        return lines;
    }

    /** Of one that the server refused. */
    static List<String> refusal(JsonNode problem) {
        List<String> lines = new ArrayList<>();
        lines.add("refused: what ran before runs on");
        lines.addAll(FindingText.lines(problem.path("findings")));
        return lines;
    }
}
