package io.gemproxy.cli.weights;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.admin.AskingCommand;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code weights show}: the weights that hold, or a preset. */
@Command(
        name = "show",
        description = "Shows the weights that hold now, or one preset.",
        footer = {
            "",
            "Exit codes: 0 shown, 1 no such preset, 3 server not reachable, 4 not authorised.",
            "",
            "Example: gemproxy-cli weights show"
        })
public final class WeightsShowCommand extends AskingCommand {
    private final WeightVerbs weights;

    @Parameters(arity = "0..1", paramLabel = "PRESET", description = "The preset's name.")
    private @Nullable String name;

    public WeightsShowCommand(WeightVerbs weights, Printer printer) {
        super(printer);
        this.weights = weights;
    }

    @Override
    protected JsonNode ask(AdminOption where) throws IOException {
        return name == null ? weights.now(where) : weights.preset(where, name);
    }

    @Override
    protected List<String> text(JsonNode answer) {
        return name == null ? WeightText.now(answer) : WeightText.preset(answer);
    }
}
