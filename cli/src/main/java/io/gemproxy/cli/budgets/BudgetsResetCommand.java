package io.gemproxy.cli.budgets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
public final class BudgetsResetCommand implements Callable<Integer> {
    private final BudgetVerbs budgets;
    private final Printer printer;

    @Mixin private AdminOption admin = new AdminOption();

    @ArgGroup(multiplicity = "1")
    private Whose whose = new Whose();

    public BudgetsResetCommand(BudgetVerbs budgets, Printer printer) {
        this.budgets = budgets;
        this.printer = printer;
    }

    @Override
    public Integer call() throws IOException {
        JsonNode answer =
                whose.all
                        ? budgets.resetAll(admin)
                        : budgets.reset(admin, Objects.requireNonNull(whose.client));
        JsonNode accounts =
                answer.has("clients")
                        ? answer.path("clients")
                        : JsonNodeFactory.instance.arrayNode().add(answer);
        printer.print(() -> BudgetText.lines(accounts), () -> answer);
        return ExitCode.OK.number();
    }

    /** One client, or all of them. */
    static final class Whose {
        @Parameters(paramLabel = "CLIENT", description = "The client's name.")
        private @Nullable String client;

        @Option(names = "--all", description = "Every client.")
        private boolean all;
    }
}
