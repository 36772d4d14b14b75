package io.gemproxy.cli.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.admin.AskingCommand;
import io.gemproxy.cli.output.Humane;
import io.gemproxy.cli.output.Printer;
import io.gemproxy.cli.output.TextTable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code sessions list}: who is logged in. */
@Command(
        name = "list",
        description = "Lists the sessions of the admin port, the latest login first.",
        footer = {
            "",
            "Exit codes: 0 listed, 1 the server says no, 3 it is not reachable, 4 not authorised.",
            "",
            "Example: gemproxy-cli sessions list --output json"
        })
public final class SessionsListCommand extends AskingCommand {
    private final SessionVerbs sessions;

    public SessionsListCommand(SessionVerbs sessions, Printer printer) {
        super(printer);
        this.sessions = sessions;
    }

    @Override
    protected JsonNode ask(AdminOption where) throws IOException {
        return sessions.list(where);
    }

    @Override
    protected List<String> text(JsonNode all) {
        return lines(all.path("sessions"));
    }

    private static List<String> lines(JsonNode sessions) {
        if (sessions.isEmpty()) {
            return List.of("Nobody is logged in.");
        }
        TextTable table = TextTable.headed("ID", "ADDRESS", "LOGIN", "LAST USE", "ENDS", "PROGRAM");
        for (JsonNode session : sessions) {
            table.row(
                    session.path("id").asText(),
                    session.path("address").asText(),
                    time(session.path("created_at")),
                    time(session.path("last_used_at")),
                    time(session.path("ends_at")),
                    session.path("user_agent").asText(""));
        }
        return table.lines();
    }

    private static String time(JsonNode time) {
        return time.isTextual() ? Humane.time(Instant.parse(time.textValue())) : "";
    }
}
