package io.gemproxy.cli.audit;

import io.gemproxy.cli.installation.ConfigOption;
import io.gemproxy.cli.installation.Installation;
import io.gemproxy.cli.output.CommandFailedException;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.OutputFormat;
import io.gemproxy.cli.output.Printer;
import io.gemproxy.server.audit.AuditFilter;
import io.gemproxy.server.audit.AuditLine;
import io.gemproxy.server.audit.AuditReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code audit tail}: the last records, and on request those to come. */
@Command(
        name = "tail",
        description = "Shows the last records of the audit log, and follows it across rotation.",
        footer = {
            "",
            "--output json prints each record as it stands in the file, one a line.",
            "Exit codes: 0 shown, 1 the configuration cannot be used, 5 the log cannot be read.",
            "",
            "Example: gemproxy-cli audit tail -f --where actor=ci --where result=Failure"
        })
public final class AuditTailCommand implements Callable<Integer> {
    private static final String LOG = "audit.path";

    private final Installation installation;
    private final Printer printer;
    private final AuditReader.Pause pause;

    @Mixin private ConfigOption config = new ConfigOption();

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on with what is added.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "10",
            description = "How many to begin with (default: ${DEFAULT-VALUE}).")
    private int count = 10;

    @Option(
            names = "--where",
            paramLabel = "KEY=VALUE",
            description = "Only records with this field, as tokens.total=5; may be repeated.")
    private List<String> where = new ArrayList<>();

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "The log; else audit.path of the configuration.")
    private @Nullable Path file;

    public AuditTailCommand(Installation installation, Printer printer, AuditReader.Pause pause) {
        this.installation = installation;
        this.printer = printer;
        this.pause = pause;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        AuditFilter filter =
                AuditFilter.parse(where).orElseThrow(() -> usage("--where has the form key=value"));
        if (count < 0) {
            throw usage("-n is 0 or more");
        }
        try (AuditReader reader = AuditReader.open(path())) {
            reader.last(count, filter).forEach(this::show);
            if (follow) {
                reader.follow(filter, this::show, () -> !printer.isClosed() && pause.goOn());
            }
        }
        return ExitCode.OK.number();
    }

    private Path path() {
        return installation.resolve(
                file != null
                        ? file
                        : installation.lookUp(config.source(), Set.of(LOG)).audit().path());
    }

    private void show(AuditLine line) {
        switch (line) {
            case AuditLine.Complete record ->
                    printer.line(
                            printer.format() == OutputFormat.JSON
                                    ? record.text()
                                    : RecordText.line(record.text()));
            case AuditLine.Torn torn -> printer.say("not a record: " + torn.text());
        }
    }

    private static CommandFailedException usage(String message) {
        return new CommandFailedException(ExitCode.USAGE, message);
    }
}
