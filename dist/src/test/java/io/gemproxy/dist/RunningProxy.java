package io.gemproxy.dist;

import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program of the installation that runs beside the test; its output goes to a file. */
final class RunningProxy implements AutoCloseable {
    private static final Pattern SERVES =
            Pattern.compile("serves on https?://[^:]+:(\\d+), admin on (http://[^\\s\",]+)");
    private static final Pattern SIMULATES = Pattern.compile("(http://)([^\\s/]+)");
    private static final long SECONDS = 60;

    private final Process process;
    private final Matcher said;

    private RunningProxy(Process process, Matcher said) {
        this.process = process;
        this.said = said;
    }

    /** The simulator, with two keys of two projects. */
    static RunningProxy simulator(Path directory, String first, String second)
            throws IOException, InterruptedException {
        Emissions.OF_THIS_RUN.secret("the first pooled key", first);
        Emissions.OF_THIS_RUN.secret("the second pooled key", second);
        return start(
                directory,
                SIMULATES,
                "gemini-simulator",
                "--port",
                "0",
                "--key",
                "first=" + first + "@one",
                "--key",
                "second=" + second + "@two");
    }

    /** The server, with {@code config/proxy.yaml} of the directory. */
    static RunningProxy server(Path directory) throws IOException, InterruptedException {
        return start(directory, SERVES, "gemproxy", "--config", "config/proxy.yaml");
    }

    private static RunningProxy start(
            Path directory, Pattern awaited, String program, String... arguments)
            throws IOException, InterruptedException {
        Path log = Files.createTempFile(directory, program, ".out");
        List<String> command = new ArrayList<>(List.of(Installation.program(program).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment());
        Process process = builder.start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (System.nanoTime() < deadline) {
            Matcher found = awaited.matcher(Files.readString(log));
            if (found.find()) {
                return new RunningProxy(process, found);
            }
            if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        process.destroyForcibly();
        throw new AssertionError(program + " does not run: " + Files.readString(log));
    }

    /** What a program of the installation needs, and nothing of the test's own. */
    static Map<String, String> environment() {
        return Map.of(
                "PATH", "/usr/local/bin:/usr/bin:/bin",
                "JAVA_HOME", System.getProperty("java.home"),
                "LC_ALL", "C.UTF-8");
    }

    /** Where the simulator is. */
    String address() {
        return said.group(1) + said.group(2);
    }

    /** The proxy port that the kernel chose. */
    int port() {
        return Integer.parseInt(said.group(1));
    }

    /** The address of the admin port. */
    String admin() {
        return said.group(2);
    }

    /** SIGTERM, and its end. */
    @Override
    public void close() {
        process.destroy();
        try {
            process.onExit().orTimeout(SECONDS, TimeUnit.SECONDS).join();
        } finally {
            process.destroyForcibly();
        }
    }
}
