package io.gemproxy.dist.nspawn;

import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Programs of the host. */
final class Programs {
    static final Map<String, String> PATH =
            Map.of("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");

    private Programs() {}

    /** The first of these that is not installed. */
    static Optional<String> missing(String... names) {
        for (String name : names) {
            if (List.of(PATH.getOrDefault("PATH", "").split(":", -1)).stream()
                    .noneMatch(folder -> Files.isExecutable(Path.of(folder, name)))) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    /** Starts it with nothing to read; what it says goes to the file. */
    static Process start(Path output, List<String> command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(PATH);
        return builder.start();
    }

    /** Runs it to its end, which must be a good one, within that time. */
    static void run(Duration atMost, String... command) throws IOException, InterruptedException {
        Path said = Files.createTempFile("gemproxy-said", ".txt");
        try {
            Process process = start(said, List.of(command));
            if (!process.waitFor(atMost.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(List.of(command) + " took longer than " + atMost);
            }
            String text = Files.readString(said, StandardCharsets.UTF_8);
            Emissions.OF_THIS_RUN.emitted("a program of the host", text);
            if (process.exitValue() != 0) {
                throw new IOException(List.of(command) + " failed: " + text);
            }
        } finally {
            Files.delete(said);
        }
    }
}
