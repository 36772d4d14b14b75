package io.gemproxy.acceptance;

import io.gemproxy.emissions.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A gemproxy in a process of its own, as an operator starts it. */
final class ProxyProcess implements AutoCloseable {
    private static final Pattern SERVES =
            Pattern.compile("serves on http://[^:]+:(\\d+), admin on http://[^:]+:(\\d+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path directory;
    private final int proxyPort;
    private final int adminPort;

    private ProxyProcess(Process process, Path directory, Matcher ports) {
        this.process = process;
        this.directory = directory;
        this.proxyPort = Integer.parseInt(ports.group(1));
        this.adminPort = Integer.parseInt(ports.group(2));
    }

    /**
     * Starts {@code gemproxy --config proxy.yaml} in the directory and waits until it says where it
     * serves.
     */
    static ProxyProcess start(Path directory, List<String> jvmOptions)
            throws IOException, InterruptedException {
        Process process = launch(directory, jvmOptions, "--config", "proxy.yaml");
        try {
            return new ProxyProcess(process, directory, ports(process, directory));
        } catch (IOException | RuntimeException failed) {
            process.destroyForcibly();
            throw failed;
        }
    }

    /** Starts the command with any arguments; its output goes to files in the directory. */
    static Process launch(Path directory, List<String> jvmOptions, String... arguments)
            throws IOException {
        List<String> command = ChildJvm.command(jvmOptions, "io.gemproxy.server.Main", arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("GEM") || name.contains("SECRET"));
        return builder.redirectOutput(directory.resolve("stdout").toFile())
                .redirectError(directory.resolve("stderr").toFile())
                .start();
    }

    private static Matcher ports(Process process, Path directory)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Matcher line = SERVES.matcher(Files.readString(directory.resolve("stdout")));
            if (line.find()) {
                return line;
            }
            if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        throw new IllegalStateException(
                "gemproxy did not start: " + Files.readString(directory.resolve("stderr")));
    }

    int proxyPort() {
        return proxyPort;
    }

    int adminPort() {
        return adminPort;
    }

    /** Where its configuration, logs and state are, and its output in stdout and stderr. */
    Path directory() {
        return directory;
    }

    /** Whether it has ended. */
    boolean ended() {
        return !process.isAlive();
    }

    /**
     * Asks it to stop and waits; the exit code.
     *
     * @throws IllegalStateException if it does not stop
     */
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("gemproxy did not stop on SIGTERM");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
