package io.gemproxy.cli.token;

import picocli.CommandLine.Command;

/** {@code token keys}: the secrets that sign tokens. */
@Command(
        name = "keys",
        description = "The secrets that sign tokens, by name.",
        synopsisSubcommandLabel = "VERB",
        subcommands = {
            TokenKeysListCommand.class,
            TokenKeysRotateCommand.class,
            TokenKeysRetireCommand.class
        },
        footer = {"", "Example: gemproxy-cli token keys list"})
public final class TokenKeysCommand {}
