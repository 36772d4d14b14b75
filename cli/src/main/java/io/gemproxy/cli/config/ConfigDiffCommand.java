package io.gemproxy.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.installation.Installation;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code config diff}: a configuration against the one that runs. */
@Command(
        name = "diff",
        description =
                "Compares the configuration on the server's disk, or a file, with what runs, and says"
                        + " of each difference whether a reload is enough.",
        footer = {
            "",
            "Secrets are compared by the server and shown as ****. A file is sent to the server for"
                    + " that.",
            "What runs is not always what was read last: what needs a restart runs on as it was.",
            "Exit codes: 0 the same, 1 different, or no server could run with it, or no such version,"
                    + " 3 server not reachable, 4 not authorised, 5 the file cannot be read.",
            "",
            "Example: gemproxy-cli config diff",
            "         gemproxy-cli config diff config/next.yaml",
            "         gemproxy-cli config diff config/next.yaml --against file"
        })
public final class ConfigDiffCommand implements Callable<Integer> {
    private static final String RUNNING = "running";
    private static final int MOST_BYTES = (1 << 20) + 1;

    private final ConfigVerbs verbs;
    private final Installation installation;
    private final Printer printer;
    private final InputStream in;

    @Mixin private AdminOption admin = new AdminOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "The file, - for standard input; else what is on the server's disk.")
    private @Nullable Path file;

    @Option(
            names = "--against",
            paramLabel = "WHAT",
            defaultValue = RUNNING,
            description =
                    "running: what runs (default). file: what is on the server's disk. Else a version"
                            + " that config history names.")
    private String against = RUNNING;

    public ConfigDiffCommand(
            ConfigVerbs verbs, Installation installation, Printer printer, InputStream in) {
        this.verbs = verbs;
        this.installation = installation;
        this.printer = printer;
        this.in = in;
    }

    @Override
    public Integer call() throws IOException {
        JsonNode answer =
                file == null ? verbs.diff(admin, against) : verbs.diff(admin, against, text(file));
        JsonNode changes = answer.path("changes");
        printer.print(() -> lines(changes), () -> answer);
        for (JsonNode finding : answer.path("findings")) {
            if (finding.path("severity").asText().equals("error")) {
                printer.say(
                        "error: "
                                + finding.path("key").asText()
                                + ": "
                                + finding.path("message").asText()
                                + " — "
                                + finding.path("fix").asText());
            }
        }
        boolean same = changes.isEmpty() && answer.path("valid").asBoolean();
        return (same ? ExitCode.OK : ExitCode.NO).number();
    }

    private List<String> lines(JsonNode changes) {
        return switch (against) {
            case RUNNING -> lines(changes, "what runs", "RUNS");
            case "file" -> lines(changes, "what is on the server's disk", "ON DISK");
            default -> lines(changes, "version " + against, "WAS");
        };
    }

    private static List<String> lines(JsonNode changes, String what, String heading) {
        return changes.isEmpty()
                ? List.of("nothing differs from " + what)
                : ChangesText.lines(changes, heading, "WOULD BE");
    }

    private byte[] text(Path path) throws IOException {
        if (path.toString().equals("-")) {
            return in.readNBytes(MOST_BYTES);
        }
        try (InputStream bytes = Files.newInputStream(installation.resolve(path))) {
            return bytes.readNBytes(MOST_BYTES);
        }
    }
}
