package io.gemproxy.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminAccess;
import io.gemproxy.cli.admin.AdminClient;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
public final class PerformanceCommand implements Callable<Integer> {
    private final AdminAccess access;
    private final AdminClient client;
    private final Printer printer;

    @Mixin private AdminOption admin = new AdminOption();

    public PerformanceCommand(AdminAccess access, AdminClient client, Printer printer) {
        this.access = access;
        this.client = client;
        this.printer = printer;
    }

    @Override
    public Integer call() throws IOException {
        JsonNode performance = client.get(access.target(admin), "/performance");
        printer.print(() -> PerformanceText.lines(performance), () -> performance);
        return ExitCode.OK.number();
    }
}
