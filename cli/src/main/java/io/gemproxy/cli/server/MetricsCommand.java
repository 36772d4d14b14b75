package io.gemproxy.cli.server;

import io.gemproxy.cli.admin.AdminAccess;
import io.gemproxy.cli.admin.AdminClient;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code metrics}: what the running server measures. */
@Command(
        name = "metrics",
        description = "Shows the metrics of the running server.",
        footer = {
            "",
            "The table leaves out the buckets of histograms; JSON has them.",
            "Exit codes: 0 shown, 1 the server measures nothing, 3 it is not reachable, 4 not"
                    + " authorised.",
            "",
            "Example: gemproxy-cli metrics tokens"
        })
public final class MetricsCommand implements Callable<Integer> {
    private final AdminAccess access;
    private final AdminClient client;
    private final Printer printer;

    @Mixin private AdminOption admin = new AdminOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "WORD",
            defaultValue = "",
            description = "Only metrics with this word in their names.")
    private String word = "";

    public MetricsCommand(AdminAccess access, AdminClient client, Printer printer) {
        this.access = access;
        this.client = client;
        this.printer = printer;
    }

    @Override
    public Integer call() throws IOException {
        Exposition all = Exposition.of(client.text(access.target(admin), "/metrics"));
        Exposition found =
                new Exposition(
                        all.families().stream()
                                .filter(family -> family.name().contains(word))
                                .toList());
        printer.print(() -> MetricsTable.lines(found), () -> MetricsTable.json(found));
        return ExitCode.OK.number();
    }
}
