package io.gemproxy.cli.audit;

import picocli.CommandLine.Command;

/** {@code audit}: the noun. */
@Command(
        name = "audit",
        description = "The audit log, read from its file.",
        synopsisSubcommandLabel = "VERB",
        subcommands = {AuditTailCommand.class, AuditVerifyCommand.class},
        footer = {"", "Example: gemproxy-cli audit tail -f"})
public final class AuditCommand {}
