package io.gemproxy.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminAccess;
import io.gemproxy.cli.admin.AdminClient;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.admin.AskingCommand;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code errors}: what failed at the running server. */
@Command(
        name = "errors",
        description = "Counts what failed by class, model and key, and shows the last of it.",
        footer = {
            "",
            "gemproxy-cli explain REQUEST or REASON tells more.",
            "Exit codes: 0 shown, 3 server not reachable, 4 not authorised.",
            "",
            "Example: gemproxy-cli errors"
        })
public final class ErrorsCommand extends AskingCommand {
    private final AdminAccess access;
    private final AdminClient client;
    private final InstantSource clock;

    public ErrorsCommand(
            AdminAccess access, AdminClient client, Printer printer, InstantSource clock) {
        super(printer);
        this.access = access;
        this.client = client;
        this.clock = clock;
    }

    @Override
    protected JsonNode ask(AdminOption where) throws IOException {
        return client.get(access.target(where), "/errors");
    }

    @Override
    protected List<String> text(JsonNode errors) {
        return new ErrorsText(clock).lines(errors);
    }
}
