package io.gemproxy.cli.weights;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.admin.AskingCommand;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
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
public final class WeightsApplyCommand extends AskingCommand {
    private final WeightVerbs weights;

    @Parameters(paramLabel = "PRESET", description = "The preset's name.")
    private String name = "";

    public WeightsApplyCommand(WeightVerbs weights, Printer printer) {
        super(printer);
        this.weights = weights;
    }

    @Override
    protected JsonNode ask(AdminOption where) throws IOException {
        return weights.apply(where, name);
    }

    @Override
    protected List<String> text(JsonNode now) {
        return WeightText.now(now);
    }
}
