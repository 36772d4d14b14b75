package io.gemproxy.server;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.ChildJvm;
import io.gemproxy.emissions.Emissions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The real command in a process of its own, in an empty directory and an empty environment. */
@SuppressWarnings("JdkObsolete") // two threads write and read what the process says
final class ServerProcess implements AutoCloseable {
    private static final Pattern ADDRESSES =
            Pattern.compile("serves on https?://[^:]*:(\\d+), admin on http://[^:]*:(\\d+)");

    private final Process process;
    private final StringBuffer out = new StringBuffer();
    private final CompletableFuture<Matcher> serving = new CompletableFuture<>();
    private final CompletableFuture<String> err;
    private final Thread reader;

    private ServerProcess(Process process) {
        this.process = process;
        reader = Thread.startVirtualThread(this::read);
        err =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return new String(
                                        Emissions.OF_THIS_RUN
                                                .from("standard error", process.getErrorStream())
                                                .readAllBytes(),
                                        StandardCharsets.UTF_8);
                            } catch (IOException broken) {
                                return broken.toString();
                            }
                        },
                        task -> Thread.ofVirtual().start(task));
    }

    static ServerProcess start(Path directory, String... args) throws IOException {
        return start(directory, Map.of(), args);
    }

    /** Not in an empty environment, but in this one. */
    static ServerProcess start(Path directory, Map<String, String> environment, String... args)
            throws IOException {
        List<String> quick = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
        return start(directory, quick, environment, args);
    }

    private static ServerProcess start(
            Path directory, List<String> options, Map<String, String> environment, String... args)
            throws IOException {
        List<String> all = new ArrayList<>(options);
        all.add("--enable-native-access=ALL-UNNAMED");
        List<String> command = ChildJvm.command(all, Main.class.getName(), args);
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        builder.environment().putAll(environment);
        return new ServerProcess(builder.start());
    }

    /** Starts with this configuration. */
    static ServerProcess serving(Path directory, String yaml, String... args) throws IOException {
        Path file = directory.resolve("proxy.yaml");
        Files.writeString(file, yaml);
        List<String> all = new ArrayList<>(List.of("--config", file.toString()));
        all.addAll(List.of(args));
        return start(directory, all.toArray(String[]::new));
    }

    /** The same with the compiler that people have: ours is quicker to start and slower to run. */
    static ServerProcess optimised(Path directory, String yaml) throws IOException {
        Path file = Files.writeString(directory.resolve("proxy.yaml"), yaml);
        return start(directory, List.of("-XX:+UseSerialGC"), Map.of(), "--config", file.toString());
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                Emissions.OF_THIS_RUN.from(
                                        "standard output", process.getInputStream()),
                                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.append(line).append('\n');
                Matcher found = ADDRESSES.matcher(line);
                if (found.find()) {
                    serving.complete(found);
                }
            }
        } catch (IOException closed) {
            out.append(closed);
        }
    }

    int proxyPort() throws Exception {
        return Integer.parseInt(serving.get(20, TimeUnit.SECONDS).group(1));
    }

    int adminPort() throws Exception {
        return Integer.parseInt(serving.get(20, TimeUnit.SECONDS).group(2));
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Sends SIGHUP. */
    void hangUp() throws Exception {
        signal("HUP");
    }

    /** Sends these signals, one right after the other. */
    void signal(String... names) throws Exception {
        String pid = Long.toString(process.pid());
        String all = Stream.of(names).map(it -> "kill -" + it + " " + pid).collect(joining("; "));
        new ProcessBuilder("sh", "-c", all).start().waitFor();
    }

    /** What all its threads have computed since its start, in steps of ten milliseconds. */
    Duration cpuTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    boolean alive() {
        return process.isAlive();
    }

    int exitCode() throws Exception {
        assertTrue(process.waitFor(20, TimeUnit.SECONDS), "still running: " + out);
        reader.join();
        return process.exitValue();
    }

    String out() {
        return out.toString();
    }

    String err() throws Exception {
        return err.get(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
