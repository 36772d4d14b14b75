package io.gemproxy.cli.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
public final class WeightsSaveCommand implements Callable<Integer> {
    private final WeightVerbs weights;
    private final Printer printer;

    @Mixin private AdminOption admin = new AdminOption();

    @Parameters(paramLabel = "PRESET", description = "The preset's name.")
    private String name = "";

    @Option(
            names = "--weight",
            paramLabel = "KEY=WEIGHT",
            description = "The weight of a key, 1 to 10000. Repeat it.")
    private Map<String, Integer> given = new LinkedHashMap<>();

    public WeightsSaveCommand(WeightVerbs weights, Printer printer) {
        this.weights = weights;
        this.printer = printer;
    }

    @Override
    public Integer call() throws IOException {
        JsonNode saved = weights.save(admin, name, given);
        JsonNode listed = JsonNodeFactory.instance.arrayNode().add(saved);
        printer.print(() -> WeightText.presets(listed), () -> saved);
        return ExitCode.OK.number();
    }
}
