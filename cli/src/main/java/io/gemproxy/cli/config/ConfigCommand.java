package io.gemproxy.cli.config;

import io.gemproxy.cli.config.imports.ImportCommand;
import picocli.CommandLine.Command;

/** {@code config}: the noun. */
@Command(
        name = "config",
        description = "The configuration of the server.",
        synopsisSubcommandLabel = "VERB",
        subcommands = {
            ConfigShowCommand.class,
            ConfigReloadCommand.class,
            ConfigDiffCommand.class,
            ConfigHistoryCommand.class,
            ConfigRollbackCommand.class,
            ImportCommand.class
        },
        footer = {"", "Example: gemproxy-cli config show --origin"})
public final class ConfigCommand {}
