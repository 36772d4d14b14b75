package io.gemproxy.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.cli.admin.AdminAccess;
import io.gemproxy.cli.admin.AdminClient;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.admin.AskingCommand;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code drain}: the server stops, and nobody is cut who ends in time. */
@Command(
        name = "drain",
        description = {
            "Stops the running server as SIGTERM does: readiness goes red at once, running requests end,",
            "what still runs after server.shutdown_grace_seconds is cut, and the process ends."
        },
        footer = {
            "",
            "Returns at once, or with --wait when the server is gone. systemd does not start the service"
                    + " again: it ended as it was told.",
            "Exit codes: 0 it drains, or is gone, 1 it is still there, 3 server not reachable,"
                    + " 4 not authorised.",
            "",
            "Example: gemproxy-cli drain --wait"
        })
public final class DrainCommand extends AskingCommand {
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    private final AdminAccess access;
    private final AdminClient client;
    private final Departure departure;

    @Option(
            names = "--wait",
            description =
                    "Waits until the server answers no more, 15 seconds longer than its grace at most.")
    private boolean wait;

    public DrainCommand(
            AdminAccess access, AdminClient client, Departure departure, Printer printer) {
        super(printer);
        this.access = access;
        this.client = client;
        this.departure = departure;
    }

    @Override
    protected JsonNode ask(AdminOption where) throws IOException {
        JsonNode drain = client.post(access.target(where), "/api/drain", AT_ONCE);
        return wait && drain instanceof ObjectNode told
                ? told.put("stopped", departure.isAwaited(where, grace(drain)))
                : drain;
    }

    @Override
    protected List<String> text(JsonNode drain) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "draining: "
                        + Departure.left(drain)
                        + "; the server stops within "
                        + grace(drain).toSeconds()
                        + " s");
        if (drain.has("stopped")) {
            lines.add(drain.path("stopped").asBoolean() ? "stopped" : "it is still there");
        }
        return lines;
    }

    @Override
    protected ExitCode verdict(JsonNode drain) {
        return drain.path("stopped").asBoolean(true) ? ExitCode.OK : ExitCode.NO;
    }

    private static Duration grace(JsonNode drain) {
        return Duration.ofSeconds(drain.path("grace_seconds").asLong());
    }
}
