package io.gemproxy.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.admin.AskingCommand;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code config rollback}: an earlier configuration comes back. */
@Command(
        name = "rollback",
        description =
                "Puts the files of an earlier version back, byte for byte, and into effect; what was"
                        + " there is kept beside them.",
        footer = {
            "",
            "Exit codes: 0 it is in effect, 1 no such version, or it does not hold any more, or the"
                    + " installation forbids it, 3 server not reachable, 4 not authorised.",
            "",
            "Example: gemproxy-cli config rollback 9f86d081884c7d65 --reason 'too many 429'"
        })
public final class ConfigRollbackCommand extends AskingCommand {
    private final ConfigVerbs verbs;

    @Parameters(paramLabel = "VERSION", description = "As config history names it.")
    private String version = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Kept in the history.")
    private String reason = "";

    public ConfigRollbackCommand(ConfigVerbs verbs, Printer printer) {
        super(printer);
        this.verbs = verbs;
    }

    @Override
    protected JsonNode ask(AdminOption where) throws IOException {
        return verbs.rollback(where, version, reason);
    }

    @Override
    protected List<String> text(JsonNode answer) {
        return lines(answer);
    }

    private static List<String> lines(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        lines.add("version " + answer.path("version").asText() + " is in effect");
        named(lines, "changed: ", answer.path("changed"));
        named(lines, "takes effect at the next start: ", answer.path("need_restart"));
        named(lines, "what was there is kept as ", answer.path("backups"));
        named(lines, "as it was then: ", answer.path("restored"));
        named(lines, "as it is now, since no version holds it: ", answer.path("not_restored"));
        return lines;
    }

    private static void named(List<String> lines, String what, JsonNode names) {
        for (JsonNode name : names) {
            lines.add(what + Printer.plain(name.asText()));
        }
    }
}
