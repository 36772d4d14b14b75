package io.gemproxy.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminAccess;
import io.gemproxy.cli.admin.AdminClient;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.admin.AskingCommand;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code performance}: how fast the running server is, and how well. */
@Command(
        name = "performance",
        description = "Shows rates, latencies, keys and the process of the running server.",
        footer = {
            "",
            "Exit codes: 0 shown, 3 server not reachable, 4 not authorised.",
            "",
            "Example: gemproxy-cli performance"
        })
public final class PerformanceCommand extends AskingCommand {
    private final AdminAccess access;
    private final AdminClient client;

    public PerformanceCommand(AdminAccess access, AdminClient client, Printer printer) {
        super(printer);
        this.access = access;
        this.client = client;
    }

    @Override
    protected JsonNode ask(AdminOption where) throws IOException {
        return client.get(access.target(where), "/performance");
    }

    @Override
    protected List<String> text(JsonNode performance) {
        return PerformanceText.lines(performance);
    }
}
