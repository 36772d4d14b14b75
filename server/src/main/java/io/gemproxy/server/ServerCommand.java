package io.gemproxy.server;

import io.gemproxy.server.audit.AuditFileTaken;
import io.gemproxy.server.audit.chain.ChainKeyUnusable;
import io.gemproxy.server.config.ConfigLoader;
import io.gemproxy.server.config.ConfigRequest;
import io.gemproxy.server.config.ConfigResult;
import io.gemproxy.server.config.ConfigSource;
import io.gemproxy.server.config.ConfigText;
import io.gemproxy.server.config.Finding;
import io.gemproxy.server.config.ReadConfig;
import io.gemproxy.server.config.Severity;
import io.gemproxy.server.listener.ListenerFailed;
import io.gemproxy.server.listener.certificates.CertificateFileException;
import io.gemproxy.server.state.StateDamaged;
import io.gemproxy.server.state.StateDirectoryTaken;
import io.gemproxy.server.systemd.Supervisor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Loads the configuration, starts the server and stays until a signal ends it. Its options are
 * built rather than annotated: to read annotations takes a tenth of the server's start.
 */
final class ServerCommand implements Callable<Integer> {
    private static final String[] NOTES = {
        "",
        "Files: --config, else $GEMPROXY_CONFIG, else ./config/proxy.yaml, else"
                + " /etc/gemproxy/proxy.yaml.",
        "Every key may also come from the environment: server.port is GEMPROXY_SERVER_PORT.",
        "Signals: TERM and INT drain and stop; HUP reloads the configuration and reopens the"
                + " logs; USR1 only reopens the logs.",
        "Exit codes: 0 stopped, 1 failed, 2 usage, 4 invalid configuration, 5 a listener could"
                + " not be bound, 9 no Java 25.",
        "",
        "Example: gemproxy --config /etc/gemproxy/proxy.yaml --set logging.level=debug"
    };

    private final OptionSpec config =
            OptionSpec.builder("--config")
                    .paramLabel("FILE")
                    .type(Path.class)
                    .description("The YAML configuration file.")
                    .build();

    private final OptionSpec sets =
            OptionSpec.builder("--set")
                    .paramLabel("KEY=VALUE")
                    .type(List.class)
                    .auxiliaryTypes(String.class)
                    .description(
                            "Overrides one key of the configuration; may be repeated. Not for"
                                    + " secrets: the process list shows it.")
                    .build();

    private final OptionSpec check =
            OptionSpec.builder("--check").description("Only checks the configuration.").build();

    private final Platform platform;

    ServerCommand(Platform platform) {
        this.platform = platform;
    }

    /** The command as it is written. */
    CommandLine line() {
        CommandSpec spec =
                CommandSpec.wrapWithoutInspection(this)
                        .name("gemproxy")
                        .versionProvider(new Version())
                        .addOption(config)
                        .addOption(sets)
                        .addOption(check)
                        .addOption(
                                OptionSpec.builder("-h", "--help")
                                        .usageHelp(true)
                                        .description("Show this help message and exit.")
                                        .build())
                        .addOption(
                                OptionSpec.builder("-V", "--version")
                                        .versionHelp(true)
                                        .description("Print version information and exit.")
                                        .build());
        spec.usageMessage()
                .sortOptions(false)
                .description("A proxy that pools Gemini API keys behind client tokens.")
                .footer(NOTES);
        return new CommandLine(spec);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!isCheck()) {
            Groundwork.begin();
        }
        try (Supervisor supervisor =
                isCheck() ? Supervisor.NONE : Supervisor.of(platform.environment())) {
            return run(supervisor);
        }
    }

    private int run(Supervisor supervisor) throws IOException, InterruptedException {
        Path file = config.getValue();
        ConfigSource source =
                file == null ? new ConfigSource.Search() : new ConfigSource.InFile(file);
        List<String> overrides = sets.getValue();
        ConfigRequest request =
                new ConfigRequest(
                        source,
                        overrides == null ? List.of() : List.copyOf(overrides),
                        platform.environment(),
                        platform.workingDirectory());
        ConfigLoader loader = new ConfigLoader(platform.clock());
        ReadConfig read = loader.read(request);
        List<Finding> findings = read.result().findings();
        Talk talk = Talk.of(platform);
        for (Finding finding : findings) {
            for (String line : ConfigText.lines(finding)) {
                say(talk, finding, line);
            }
        }
        int score = ConfigText.score(findings);
        if (score < 100 && ConfigText.isJudged(findings)) {
            talk.remark(read.result().source() + ": security score " + score + "/100");
        }
        return switch (read.result()) {
            case ConfigResult.InvalidConfig invalid -> refused(invalid, supervisor);
            case ConfigResult.LoadedConfig loaded ->
                    isCheck()
                            ? checked(loaded, talk)
                            : serve(
                                    ServedConfig.of(read, loaded, request, loader),
                                    talk,
                                    supervisor);
        };
    }

    private boolean isCheck() {
        return Boolean.TRUE.equals(check.getValue());
    }

    private static void say(Talk talk, Finding finding, String line) {
        if (finding.severity() == Severity.ERROR) {
            talk.error(line);
        } else {
            talk.warning(line);
        }
    }

    private static int refused(ConfigResult.InvalidConfig invalid, Supervisor supervisor) {
        String errors =
                invalid.findings().stream()
                                .filter(finding -> finding.severity() == Severity.ERROR)
                                .count()
                        + " in "
                        + invalid.source();
        supervisor.status("Not started: errors in the configuration: " + errors);
        return ExitCode.INVALID_CONFIGURATION;
    }

    private int checked(ConfigResult.LoadedConfig loaded, Talk talk) {
        try {
            StartFiles.check(loaded.config(), platform);
        } catch (CertificateFileException | ChainKeyUnusable unfit) {
            return notStarted(ExitCode.INVALID_CONFIGURATION, unfit, talk, Supervisor.NONE);
        }
        talk.remark(loaded.source() + ": the configuration is valid");
        return ExitCode.STOPPED;
    }

    private int serve(ServedConfig served, Talk talk, Supervisor supervisor)
            throws IOException, InterruptedException {
        Groundwork.prepareTls(served.config().server().tls(), platform.random());
        Signals signals = Signals.beforeTheStart();
        try (Gemproxy server = Gemproxy.start(served, platform, supervisor)) {
            Groundwork.prepareUpstream(served.config().upstream());
            signals.awaitStop(server);
            return ExitCode.STOPPED;
        } catch (ListenerFailed taken) {
            return notStarted(ExitCode.CANNOT_BIND, taken, talk, supervisor);
        } catch (AuditFileTaken
                | CertificateFileException
                | ChainKeyUnusable
                | StateDirectoryTaken
                | StateDamaged unfit) {
            return notStarted(ExitCode.INVALID_CONFIGURATION, unfit, talk, supervisor);
        }
    }

    private static int notStarted(int code, Exception why, Talk talk, Supervisor supervisor) {
        talk.error("gemproxy: " + why.getMessage());
        supervisor.status("Not started: " + why.getMessage());
        return code;
    }
}
