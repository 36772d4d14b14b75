package io.gemproxy.cli.weights;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.admin.AskingCommand;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

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
public final class WeightsListCommand extends AskingCommand {
    private final WeightVerbs weights;

    public WeightsListCommand(WeightVerbs weights, Printer printer) {
        super(printer);
        this.weights = weights;
    }

    @Override
    protected JsonNode ask(AdminOption where) throws IOException {
        return weights.presets(where);
    }

    @Override
    protected List<String> text(JsonNode all) {
        return WeightText.presets(all.path("presets"));
    }
}
