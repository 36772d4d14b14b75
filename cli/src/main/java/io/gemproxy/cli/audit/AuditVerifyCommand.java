package io.gemproxy.cli.audit;

import io.gemproxy.cli.installation.ConfigOption;
import io.gemproxy.cli.installation.Installation;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Printer;
import io.gemproxy.cli.output.Progress;
import io.gemproxy.server.audit.AuditConfig;
import io.gemproxy.server.audit.AuditVerification;
import io.gemproxy.server.audit.chain.ChainKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code audit verify}: whether somebody changed the log. */
@Command(
        name = "verify",
        description = "Checks the hash chain of the audit log through all its rotated files.",
        footer = {
            "",
            "Finds what was changed, inserted, removed or put elsewhere, at its first line. Half a"
                    + " record at",
            "the very end is what a crash leaves: it is told, and is no failure.",
            "Exit codes: 0 the log holds, 1 it does not, 2 usage, 5 it or a key cannot be read.",
            "",
            "Example: gemproxy-cli audit verify --key-file /etc/gemproxy/audit-chain.key"
        })
public final class AuditVerifyCommand implements Callable<Integer> {
    private final Installation installation;
    private final Printer printer;
    private final Progress progress;

    @Mixin private ConfigOption config = new ConfigOption();

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "The log; else audit.path of the configuration.")
    private @Nullable Path file;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description =
                    "A key that made it; else audit.chain_key_file. Repeat it after a change of"
                            + " keys.")
    private List<Path> keyFiles = new ArrayList<>();

    @Option(
            names = "--head-file",
            paramLabel = "FILE",
            description = "The log's head; else audit.head in state.dir of the configuration.")
    private @Nullable Path headFile;

    @Option(
            names = "--partial",
            description = "The oldest files may be gone, although the log does not say so.")
    private boolean partial;

    public AuditVerifyCommand(Installation installation, Printer printer, Progress progress) {
        this.progress = progress;
        this.installation = installation;
        this.printer = printer;
    }

    @Override
    public Integer call() throws IOException {
        Optional<AuditConfig> configured =
                file == null || headFile == null || keyFiles.isEmpty()
                        ? Optional.of(installation.lookUp(config.source(), looked()).audit())
                        : Optional.empty();
        List<ChainKey> keys = new ArrayList<>();
        for (Path key : keyFiles) {
            keys.add(ChainKey.read(installation.resolve(key)));
        }
        if (keys.isEmpty()) {
            keys.add(ChainKey.read(configured.orElseThrow().chainKeyFile()));
        }
        AuditVerification done =
                verified(
                        path(file, configured.map(AuditConfig::path)),
                        path(headFile, configured.map(AuditConfig::headFile)),
                        keys);
        printer.print(() -> VerdictText.lines(done), () -> VerdictJson.of(done));
        return (done.report().holds() ? ExitCode.OK : ExitCode.NO).number();
    }

    /** What no option says. */
    private Set<String> looked() {
        Set<String> settings = new HashSet<>();
        if (file == null) {
            settings.add("audit.path");
        }
        if (headFile == null) {
            settings.add("state.dir");
        }
        if (keyFiles.isEmpty()) {
            settings.add("audit.chain_key_file");
        }
        return settings;
    }

    private AuditVerification verified(Path log, Path head, List<ChainKey> keys)
            throws IOException {
        try (Progress.Step reading = progress.begin("Verifying " + log)) {
            return AuditVerification.of(log, head, keys, partial, reading::at);
        }
    }

    private Path path(@Nullable Path given, Optional<Path> configured) {
        return given == null ? configured.orElseThrow() : installation.resolve(given);
    }
}
