package io.gemproxy.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.installation.Installation;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.FindingText;
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
        boolean valid = answer.path("valid").asBoolean();
        printer.print(() -> lines(changes, valid), () -> answer);
        FindingText.lines(errors(answer.path("findings"))).forEach(printer::say);
        return (changes.isEmpty() && valid ? ExitCode.OK : ExitCode.NO).number();
    }

    private JsonNode errors(JsonNode findings) {
        ArrayNode errors = JsonNodeFactory.instance.arrayNode();
        for (JsonNode finding : findings) {
            if (finding.path("severity").asText().equals("error")) {
                errors.add(file == null ? finding : placed(finding, file));
            }
        }
        return errors;
    }

    /** What the server would have written has other lines than what was sent. */
    private static JsonNode placed(JsonNode finding, Path sent) {
        ObjectNode placed = finding.deepCopy();
        return finding.path("source").asText().equals("body")
                ? placed.put("source", sent.toString())
                : placed.put("source", "");
    }

    private List<String> lines(JsonNode changes, boolean valid) {
        return switch (against) {
            case RUNNING -> lines(changes, valid, "what runs", "RUNS");
            case "file" -> lines(changes, valid, "what is on the server's disk", "ON DISK");
            default -> lines(changes, valid, "version " + against, "WAS");
        };
    }

    /** What cannot be read differs in nothing that could be told, and is not the same. */
    private static List<String> lines(
            JsonNode changes, boolean valid, String what, String heading) {
        if (!changes.isEmpty()) {
            return ChangesText.lines(changes, heading, "WOULD BE");
        }
        return List.of(valid ? "nothing differs from " + what : "no server could run with it");
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
