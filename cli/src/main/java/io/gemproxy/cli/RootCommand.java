package io.gemproxy.cli;

import io.gemproxy.cli.output.OutputFormat;
import io.gemproxy.cli.output.Printer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * {@code gemproxy-cli} itself, and the options every command has; its commands are {@link Nouns}.
 */
@Command(
        name = "gemproxy-cli",
        description = "Checks, operates and asks a gemproxy.",
        versionProvider = CliVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 ok, 1 the answer is no, 2 usage, 3 server not reachable,"
                    + " 4 not authorised, 5 input or output.",
            "",
            "Example: gemproxy-cli validate config/proxy.yaml"
        })
final class RootCommand {
    private final Printer printer;
    private boolean verbose;

    RootCommand(Printer printer) {
        this.printer = printer;
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            scope = ScopeType.INHERIT,
            description = "For people, or for programs.")
    void output(OutputFormat format) {
        printer.use(format);
    }

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Shows where an error comes from.")
    void verbose(boolean chosen) {
        verbose = chosen;
    }

    @Option(
            names = {"-h", "--help"},
            scope = ScopeType.INHERIT,
            usageHelp = true,
            description = "Shows this help.")
    void help(boolean ignored) {
        // picocli acts on the attribute
    }

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Shows the version.")
    void version(boolean ignored) {
        // picocli acts on the attribute
    }

    boolean isVerbose() {
        return verbose;
    }
}
