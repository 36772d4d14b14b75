package io.gemproxy.cli.budgets;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
public final class BudgetsListCommand implements Callable<Integer> {
    private final BudgetVerbs budgets;
    private final Printer printer;

    @Mixin private AdminOption admin = new AdminOption();

    public BudgetsListCommand(BudgetVerbs budgets, Printer printer) {
        this.budgets = budgets;
        this.printer = printer;
    }

    @Override
    public Integer call() throws IOException {
        JsonNode all = budgets.list(admin);
        printer.print(() -> BudgetText.lines(all.path("clients")), () -> all);
        return ExitCode.OK.number();
    }
}
