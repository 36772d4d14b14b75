package io.gemproxy.cli.weights;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.admin.AskingCommand;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

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
public final class WeightsRollbackCommand extends AskingCommand {
    private final WeightVerbs weights;

    public WeightsRollbackCommand(WeightVerbs weights, Printer printer) {
        super(printer);
        this.weights = weights;
    }

    @Override
    protected JsonNode ask(AdminOption where) throws IOException {
        return weights.rollback(where);
    }

    @Override
    protected List<String> text(JsonNode now) {
        return WeightText.now(now);
    }
}
