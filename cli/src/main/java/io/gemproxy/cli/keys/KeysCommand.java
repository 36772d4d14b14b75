package io.gemproxy.cli.keys;

import picocli.CommandLine.Command;

/** {@code keys}: the noun. */
@Command(
        name = "keys",
        description = "The pooled keys of the running server.",
        synopsisSubcommandLabel = "VERB",
        subcommands = {
            KeysListCommand.class,
            KeysShowCommand.class,
            KeysTestCommand.class,
            KeysEnableCommand.class,
            KeysDisableCommand.class
        },
        footer = {"", "Example: gemproxy-cli keys list"})
public final class KeysCommand {}
