package io.gemproxy.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.admin.AskingCommand;
import io.gemproxy.cli.output.CommandFailedException;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Humane;
import io.gemproxy.cli.output.Printer;
import io.gemproxy.cli.output.TextTable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code config history}: the configurations that were in effect. */
@Command(
        name = "history",
        description =
                "Lists the configurations that were in effect, the newest first, or shows what one"
                        + " of them changed, or differs in from another.",
        footer = {
            "",
            "Exit codes: 0 listed, 1 no such version, 2 usage, 3 server not reachable, 4 not"
                    + " authorised.",
            "",
            "Example: gemproxy-cli config history",
            "         gemproxy-cli config history 9f86d081884c7d65",
            "         gemproxy-cli config history 9f86d081884c7d65 --against running"
        })
public final class ConfigHistoryCommand extends AskingCommand {
    private final ConfigVerbs verbs;

    @Parameters(arity = "0..1", paramLabel = "VERSION", description = "As the list names it.")
    private @Nullable String version;

    @Option(
            names = "--against",
            paramLabel = "WHAT",
            description =
                    "Compares VERSION with another one, with running (what runs: so what a rollback"
                            + " would change), or with file (what is on the server's disk).")
    private @Nullable String against;

    public ConfigHistoryCommand(ConfigVerbs verbs, Printer printer) {
        super(printer);
        this.verbs = verbs;
    }

    @Override
    protected JsonNode ask(AdminOption where) throws IOException {
        if (version == null) {
            if (against != null) {
                throw new CommandFailedException(
                        ExitCode.USAGE, "--against compares a VERSION; name one");
            }
            return verbs.history(where);
        }
        return against == null
                ? verbs.version(where, version)
                : verbs.difference(where, version, against);
    }

    @Override
    protected List<String> text(JsonNode answer) {
        if (version == null) {
            return list(answer);
        }
        return against == null ? one(answer) : difference(answer, against);
    }

    private static List<String> difference(JsonNode answer, String against) {
        String heading =
                switch (against) {
                    case "running" -> "RUNS";
                    case "file" -> "ON DISK";
                    default -> against;
                };
        return answer.path("changes").isEmpty()
                ? List.of("no setting differs")
                : ChangesText.lines(
                        answer.path("changes"), heading, answer.path("version").asText());
    }

    private static List<String> list(JsonNode answer) {
        TextTable table = TextTable.headed("", "VERSION", "SINCE", "BY", "CAUSE", "CHANGED", "WHY");
        for (JsonNode it : answer.path("versions")) {
            table.row(
                    it.path("running").asBoolean() ? "runs" : "",
                    it.path("version").asText(),
                    Humane.time(Instant.parse(it.path("applied_at").asText())),
                    it.path("actor").asText(),
                    it.path("trigger").asText(),
                    Humane.count(it.path("changed").size(), "setting"),
                    it.path("reason").asText());
        }
        List<String> lines = new ArrayList<>(table.lines());
        for (JsonNode it : answer.path("lost")) {
            lines.add(
                    "lost: "
                            + Printer.plain(it.path("version").asText())
                            + " of "
                            + Humane.time(Instant.parse(it.path("applied_at").asText()))
                            + "; the disk has not taken it, nobody can roll back to it");
        }
        return lines;
    }

    private static List<String> one(JsonNode answer) {
        JsonNode entry = answer.path("entry");
        List<String> lines = new ArrayList<>();
        lines.add(
                "version "
                        + entry.path("version").asText()
                        + ", in effect since "
                        + Humane.time(Instant.parse(entry.path("applied_at").asText()))
                        + ", by "
                        + Printer.plain(entry.path("actor").asText())
                        + " ("
                        + entry.path("trigger").asText()
                        + ")");
        if (!entry.path("reason").asText().isEmpty()) {
            lines.add("why: " + Printer.plain(entry.path("reason").asText()));
        }
        lines.add("");
        lines.addAll(
                answer.path("changes").isEmpty()
                        ? List.of("no version before it is kept, or no setting differs")
                        : ChangesText.lines(answer.path("changes"), "BEFORE", "AFTER"));
        return lines;
    }
}
