package io.gemproxy.cli.budgets;

import picocli.CommandLine.Command;

/** {@code budgets}: the noun. */
@Command(
        name = "budgets",
        description = "What clients with a budget have spent.",
        synopsisSubcommandLabel = "VERB",
        subcommands = {BudgetsListCommand.class, BudgetsResetCommand.class},
        footer = {"", "Example: gemproxy-cli budgets list"})
public final class BudgetsCommand {}
