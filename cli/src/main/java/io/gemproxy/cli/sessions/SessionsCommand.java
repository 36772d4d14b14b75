package io.gemproxy.cli.sessions;

import picocli.CommandLine.Command;

/** {@code sessions}: the noun. */
@Command(
        name = "sessions",
        description = "Who is logged in to the admin port of the running server.",
        synopsisSubcommandLabel = "VERB",
        subcommands = {SessionsListCommand.class, SessionsEndCommand.class},
        footer = {"", "Example: gemproxy-cli sessions list"})
public final class SessionsCommand {}
