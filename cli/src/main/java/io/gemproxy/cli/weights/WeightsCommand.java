package io.gemproxy.cli.weights;

import picocli.CommandLine.Command;

/** {@code weights}: the noun. */
@Command(
        name = "weights",
        description = "What share of the requests each key has, and named sets of such shares.",
        synopsisSubcommandLabel = "VERB",
        subcommands = {
            WeightsListCommand.class,
            WeightsShowCommand.class,
            WeightsSaveCommand.class,
            WeightsApplyCommand.class,
            WeightsRollbackCommand.class
        },
        footer = {"", "Example: gemproxy-cli weights apply night"})
public final class WeightsCommand {}
