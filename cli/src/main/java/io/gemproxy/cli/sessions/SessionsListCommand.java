package io.gemproxy.cli.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Humane;
import io.gemproxy.cli.output.Printer;
import io.gemproxy.cli.output.TextTable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
public final class SessionsListCommand implements Callable<Integer> {
    private final SessionVerbs sessions;
    private final Printer printer;

    @Mixin private AdminOption admin = new AdminOption();

    public SessionsListCommand(SessionVerbs sessions, Printer printer) {
        this.sessions = sessions;
        this.printer = printer;
    }

    @Override
    public Integer call() throws IOException {
        JsonNode all = sessions.list(admin);
        printer.print(() -> lines(all.path("sessions")), () -> all);
        return ExitCode.OK.number();
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
