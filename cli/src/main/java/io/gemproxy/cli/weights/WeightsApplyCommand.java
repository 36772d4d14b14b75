package io.gemproxy.cli.weights;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code weights apply}: a preset comes into effect. */
@Command(
        name = "apply",
        description = "Puts a preset into effect, over the configured weights.",
        footer = {
            "",
            "Exit codes: 0 it holds, 1 no such preset, 3 server not reachable, 4 not authorised.",
            "",
            "Example: gemproxy-cli weights apply night"
        })
public final class WeightsApplyCommand implements Callable<Integer> {
    private final WeightVerbs weights;
    private final Printer printer;

    @Mixin private AdminOption admin = new AdminOption();

    @Parameters(paramLabel = "PRESET", description = "The preset's name.")
    private String name = "";

    public WeightsApplyCommand(WeightVerbs weights, Printer printer) {
        this.weights = weights;
        this.printer = printer;
    }

    @Override
    public Integer call() throws IOException {
        JsonNode now = weights.apply(admin, name);
        printer.print(() -> WeightText.now(now), () -> now);
        return ExitCode.OK.number();
    }
}
