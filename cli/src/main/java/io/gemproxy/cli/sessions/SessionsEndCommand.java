package io.gemproxy.cli.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.admin.AskingCommand;
import io.gemproxy.cli.output.Humane;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sessions end}: logs somebody out. */
@Command(
        name = "end",
        description = "Ends a session, or all; their tokens are refused at once.",
        footer = {
            "",
            "Exit codes: 0 ended, 1 no such session, 3 server not reachable, 4 not authorised.",
            "",
            "Example: gemproxy-cli sessions end Yb0xw1bH3kq9LzRt"
        })
public final class SessionsEndCommand extends AskingCommand {
    private final SessionVerbs sessions;

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    /** One or all. */
    static final class Which {
        @Parameters(paramLabel = "ID", description = "The session's id, as list shows it.")
        private String id = "";

        @Option(names = "--all", description = "All of them.")
        private boolean all;
    }

    public SessionsEndCommand(SessionVerbs sessions, Printer printer) {
        super(printer);
        this.sessions = sessions;
    }

    @Override
    protected JsonNode ask(AdminOption where) throws IOException {
        return which.all ? sessions.endAll(where) : sessions.end(where, which.id);
    }

    @Override
    protected List<String> text(JsonNode ended) {
        return List.of(Humane.count(ended.path("ended").asInt(), "session") + " ended.");
    }
}
