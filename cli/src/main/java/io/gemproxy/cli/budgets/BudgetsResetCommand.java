package io.gemproxy.cli.budgets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.admin.AskingCommand;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code budgets reset}: a client begins at nothing. */
@Command(
        name = "reset",
        description =
                "Begins the day and the month of a client, or of all, at nothing; also where the"
                        + " record of what was spent is damaged.",
        footer = {
            "",
            "Exit codes: 0 reset, 1 no such client, 3 server not reachable, 4 not authorised.",
            "",
            "Example: gemproxy-cli budgets reset ci"
        })
public final class BudgetsResetCommand extends AskingCommand {
    private final BudgetVerbs budgets;

    @ArgGroup(multiplicity = "1")
    private Whose whose = new Whose();

    public BudgetsResetCommand(BudgetVerbs budgets, Printer printer) {
        super(printer);
        this.budgets = budgets;
    }

    @Override
    protected JsonNode ask(AdminOption where) throws IOException {
        return whose.all
                ? budgets.resetAll(where)
                : budgets.reset(where, Objects.requireNonNull(whose.client));
    }

    @Override
    protected List<String> text(JsonNode answer) {
        JsonNode accounts =
                answer.has("clients")
                        ? answer.path("clients")
                        : JsonNodeFactory.instance.arrayNode().add(answer);
        return BudgetText.lines(accounts);
    }

    /** One client, or all of them. */
    static final class Whose {
        @Parameters(paramLabel = "CLIENT", description = "The client's name.")
        private @Nullable String client;

        @Option(names = "--all", description = "Every client.")
        private boolean all;
    }
}
