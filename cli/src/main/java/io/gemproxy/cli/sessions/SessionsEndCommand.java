package io.gemproxy.cli.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
public final class SessionsEndCommand implements Callable<Integer> {
    private final SessionVerbs sessions;
    private final Printer printer;

    @Mixin private AdminOption admin = new AdminOption();

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
        this.sessions = sessions;
        this.printer = printer;
    }

    @Override
    public Integer call() throws IOException {
        JsonNode ended = which.all ? sessions.endAll(admin) : sessions.end(admin, which.id);
        int count = ended.path("ended").asInt();
        printer.print(
                () -> List.of(count == 1 ? "1 session ended." : count + " sessions ended."),
                () -> ended);
        return ExitCode.OK.number();
    }
}
