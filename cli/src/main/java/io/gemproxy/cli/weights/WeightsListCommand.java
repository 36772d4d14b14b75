package io.gemproxy.cli.weights;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code weights list}: the presets there are. */
@Command(
        name = "list",
        description = "Lists the presets of weights, by their names.",
        footer = {
            "",
            "Exit codes: 0 listed, 3 server not reachable, 4 not authorised.",
            "",
            "Example: gemproxy-cli weights list"
        })
public final class WeightsListCommand implements Callable<Integer> {
    private final WeightVerbs weights;
    private final Printer printer;

    @Mixin private AdminOption admin = new AdminOption();

    public WeightsListCommand(WeightVerbs weights, Printer printer) {
        this.weights = weights;
        this.printer = printer;
    }

    @Override
    public Integer call() throws IOException {
        JsonNode all = weights.presets(admin);
        printer.print(() -> WeightText.presets(all.path("presets")), () -> all);
        return ExitCode.OK.number();
    }
}
