package io.gemproxy.dist;

import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How a program ended.
 *
 * @param status its exit code
 * @param out its standard output
 * @param err its standard error
 */
public record Outcome(int status, String out, String err) {
    private static final long SECONDS = 120;

    /** Runs {@code command} in {@code directory} with nothing but {@code environment} set. */
    public static Outcome of(Path directory, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("gemproxy-out", ".txt");
        Path err = Files.createTempFile("gemproxy-err", ".txt");
        try {
            var builder =
                    new ProcessBuilder(command)
                            .directory(directory.toFile())
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError(command + " did not end within " + SECONDS + " s");
            }
            return new Outcome(
                    process.exitValue(), read("standard output", out), read("standard error", err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static String read(String place, Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        Emissions.OF_THIS_RUN.emitted(place, text);
        return text;
    }
}
