package io.gemproxy.cli.budgets;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.admin.AskingCommand;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code budgets list}: what each client has spent. */
@Command(
        name = "list",
        description =
                "Lists what each client with a budget took on this day and in this month (UTC).",
        footer = {
            "",
            "Exit codes: 0 listed, 1 the server says no, 3 it is not reachable, 4 not authorised.",
            "",
            "Example: gemproxy-cli budgets list"
        })
public final class BudgetsListCommand extends AskingCommand {
    private final BudgetVerbs budgets;

    public BudgetsListCommand(BudgetVerbs budgets, Printer printer) {
        super(printer);
        this.budgets = budgets;
    }

    @Override
    protected JsonNode ask(AdminOption where) throws IOException {
        return budgets.list(where);
    }

    @Override
    protected List<String> text(JsonNode all) {
        return BudgetText.lines(all.path("clients"));
    }
}
