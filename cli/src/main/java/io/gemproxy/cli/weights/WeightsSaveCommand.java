package io.gemproxy.cli.weights;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.admin.AskingCommand;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weights save}: a set of weights under a name. */
@Command(
        name = "save",
        description =
                "Saves weights under a name: those that are given, else those that hold now. Changes no"
                        + " weight.",
        footer = {
            "",
            "Exit codes: 0 saved, 1 refused, 3 server not reachable, 4 not authorised.",
            "",
            "Example: gemproxy-cli weights save night --weight primary=10 --weight spare=100"
        })
public final class WeightsSaveCommand extends AskingCommand {
    private final WeightVerbs weights;

    @Parameters(paramLabel = "PRESET", description = "The preset's name.")
    private String name = "";

    @Option(
            names = "--weight",
            paramLabel = "KEY=WEIGHT",
            description = "The weight of a key, 1 to 10000. Repeat it.")
    private Map<String, Integer> given = new LinkedHashMap<>();

    public WeightsSaveCommand(WeightVerbs weights, Printer printer) {
        super(printer);
        this.weights = weights;
    }

    @Override
    protected JsonNode ask(AdminOption where) throws IOException {
        return weights.save(where, name, given);
    }

    @Override
    protected List<String> text(JsonNode saved) {
        return WeightText.preset(saved);
    }
}
