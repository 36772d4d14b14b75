package io.gemproxy.cli.token;

import picocli.CommandLine.Command;

/** {@code token}: the noun. */
@Command(
        name = "token",
        description = "Client and admin tokens.",
        synopsisSubcommandLabel = "VERB",
        subcommands = {
            TokenIssueCommand.class,
            TokenInspectCommand.class,
            TokenVerifyCommand.class,
            TokenRevokeCommand.class,
            TokenRevokedCommand.class,
            TokenKeysCommand.class
        },
        footer = {"", "Example: gemproxy-cli token issue --subject ci"})
public final class TokenCommand {}
