package io.gemproxy.cli.clientkey;

import picocli.CommandLine.Command;

/** {@code client-key}: the noun. */
@Command(
        name = "client-key",
        description = "Static keys and OAuth secrets of declared clients.",
        synopsisSubcommandLabel = "VERB",
        subcommands = {ClientKeyNewCommand.class},
        footer = {"", "Example: gemproxy-cli client-key new --name ci"})
public final class ClientKeyCommand {}
