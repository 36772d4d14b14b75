package io.gemproxy.cli.weights;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code weights rollback}: what held before comes back. */
@Command(
        name = "rollback",
        description =
                "Goes back to the preset that held before, at last to the configured weights.",
        footer = {
            "",
            "Exit codes: 0 it holds, 1 the configured weights hold already, 3 server not reachable,"
                    + " 4 not authorised.",
            "",
            "Example: gemproxy-cli weights rollback"
        })
public final class WeightsRollbackCommand implements Callable<Integer> {
    private final WeightVerbs weights;
    private final Printer printer;

    @Mixin private AdminOption admin = new AdminOption();

    public WeightsRollbackCommand(WeightVerbs weights, Printer printer) {
        this.weights = weights;
        this.printer = printer;
    }

    @Override
    public Integer call() throws IOException {
        JsonNode now = weights.rollback(admin);
        printer.print(() -> WeightText.now(now), () -> now);
        return ExitCode.OK.number();
    }
}
