package io.gemproxy.cli.cert;

import picocli.CommandLine.Command;

/** {@code cert}: the noun. */
@Command(
        name = "cert",
        description = "Certificates of the proxy port.",
        synopsisSubcommandLabel = "VERB",
        subcommands = {CertSelfSignedCommand.class, CertInspectCommand.class},
        footer = {"", "Example: gemproxy-cli cert self-signed --host gw.lan --out certs"})
public final class CertCommand {}
