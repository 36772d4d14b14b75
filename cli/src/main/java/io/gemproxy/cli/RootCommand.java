package io.gemproxy.cli;

import io.gemproxy.cli.audit.AuditCommand;
import io.gemproxy.cli.budgets.BudgetsCommand;
import io.gemproxy.cli.cert.CertCommand;
import io.gemproxy.cli.clientkey.ClientKeyCommand;
import io.gemproxy.cli.completion.CompletionCommand;
import io.gemproxy.cli.config.ConfigCommand;
import io.gemproxy.cli.config.InitCommand;
import io.gemproxy.cli.config.ValidateCommand;
import io.gemproxy.cli.doctor.DoctorCommand;
import io.gemproxy.cli.explain.ExplainCommand;
import io.gemproxy.cli.keys.KeysCommand;
import io.gemproxy.cli.man.ManPagesCommand;
import io.gemproxy.cli.output.OutputFormat;
import io.gemproxy.cli.output.Printer;
import io.gemproxy.cli.server.DrainCommand;
import io.gemproxy.cli.server.ErrorsCommand;
import io.gemproxy.cli.server.MetricsCommand;
import io.gemproxy.cli.server.PerformanceCommand;
import io.gemproxy.cli.server.StatusCommand;
import io.gemproxy.cli.sessions.SessionsCommand;
import io.gemproxy.cli.token.TokenCommand;
import io.gemproxy.cli.usage.UsageCommand;
import io.gemproxy.cli.weights.WeightsCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code gemproxy-cli} itself, and the options every command has. */
@Command(
        name = "gemproxy-cli",
        description = "Checks, operates and asks a gemproxy.",
        versionProvider = CliVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            InitCommand.class,
            ValidateCommand.class,
            ConfigCommand.class,
            TokenCommand.class,
            ClientKeyCommand.class,
            CertCommand.class,
            StatusCommand.class,
            MetricsCommand.class,
            PerformanceCommand.class,
            ErrorsCommand.class,
            DrainCommand.class,
            KeysCommand.class,
            WeightsCommand.class,
            BudgetsCommand.class,
            UsageCommand.class,
            ExplainCommand.class,
            SessionsCommand.class,
            AuditCommand.class,
            DoctorCommand.class,
            CompletionCommand.class,
            ManPagesCommand.class
        },
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
