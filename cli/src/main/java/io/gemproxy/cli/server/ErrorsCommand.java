package io.gemproxy.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminAccess;
import io.gemproxy.cli.admin.AdminClient;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
public final class ErrorsCommand implements Callable<Integer> {
    private final AdminAccess access;
    private final AdminClient client;
    private final Printer printer;
    private final InstantSource clock;

    @Mixin private AdminOption admin = new AdminOption();

    public ErrorsCommand(
            AdminAccess access, AdminClient client, Printer printer, InstantSource clock) {
        this.access = access;
        this.client = client;
        this.printer = printer;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        JsonNode errors = client.get(access.target(admin), "/errors");
        printer.print(() -> new ErrorsText(clock).lines(errors), () -> errors);
        return ExitCode.OK.number();
    }
}
