package io.gemproxy.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminAccess;
import io.gemproxy.cli.admin.AdminClient;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.admin.AskingCommand;
import io.gemproxy.cli.output.Humane;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code drain}: the server stops, and nobody is cut who ends in time. */
@Command(
        name = "drain",
        description = {
            "Stops the running server as SIGTERM does: readiness goes red at once, running requests end,",
            "what still runs after server.shutdown_grace_seconds is cut, and the process ends."
        },
        footer = {
            "",
            "Returns at once. systemd does not start the service again: it ended as it was told.",
            "Exit codes: 0 it drains, 3 server not reachable, 4 not authorised.",
            "",
            "Example: gemproxy-cli drain"
        })
public final class DrainCommand extends AskingCommand {
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    private final AdminAccess access;
    private final AdminClient client;

    public DrainCommand(AdminAccess access, AdminClient client, Printer printer) {
        super(printer);
        this.access = access;
        this.client = client;
    }

    @Override
    protected JsonNode ask(AdminOption where) throws IOException {
        return client.post(access.target(where), "/api/drain", AT_ONCE);
    }

    @Override
    protected List<String> text(JsonNode drain) {
        return List.of(
                "draining: "
                        + Humane.count(drain.path("connections").asLong(), "connection")
                        + ", "
                        + Humane.count(drain.path("streams").asLong(), "stream")
                        + "; the server stops within "
                        + drain.path("grace_seconds").asLong()
                        + " s");
    }
}
