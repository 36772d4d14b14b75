package io.gemproxy.cli.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
public final class WeightsShowCommand implements Callable<Integer> {
    private final WeightVerbs weights;
    private final Printer printer;

    @Mixin private AdminOption admin = new AdminOption();

    @Parameters(arity = "0..1", paramLabel = "PRESET", description = "The preset's name.")
    private @Nullable String name;

    public WeightsShowCommand(WeightVerbs weights, Printer printer) {
        this.weights = weights;
        this.printer = printer;
    }

    @Override
    public Integer call() throws IOException {
        if (name == null) {
            JsonNode now = weights.now(admin);
            printer.print(() -> WeightText.now(now), () -> now);
        } else {
            JsonNode preset = weights.preset(admin, name);
            printer.print(() -> WeightText.presets(listed(preset)), () -> preset);
        }
        return ExitCode.OK.number();
    }

    private static JsonNode listed(JsonNode preset) {
        return JsonNodeFactory.instance.arrayNode().add(preset);
    }
}
