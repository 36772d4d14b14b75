package io.gemproxy.dist.nspawn;

import io.gemproxy.dist.Outcome;
import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Debian 12 in a container of its own with a booted systemd, a network that reaches nobody, and a
 * file system that is thrown away. Its cgroup limits are not enforced.
 */
public final class Machine implements AutoCloseable {
    private static final Duration BOOT = Duration.ofMinutes(3);

    private final Path directory;
    private final Path console;
    private final List<String> command;
    private Process container;
    private long leader;

    private Machine(Path directory, List<String> command) throws IOException {
        this.directory = directory;
        this.command = command;
        console = Files.createTempFile("gemproxy-console", ".txt");
        container = Programs.start(console, command);
    }

    /** Why there can be no machine here, if that is so. */
    public static Optional<String> missing() {
        return Programs.missing("systemd-nspawn", "debootstrap", "nsenter", "tar")
                .map(program -> program + " is not installed")
                .or(() ->
                        System.getProperty("user.name").equals("root")
                                ? Optional.empty()
                                : Optional.of("only root boots a machine"));
    }

    /**
     * Boots one and waits until it is up.
     *
     * @param readOnly {@code HOST-DIRECTORY:DIRECTORY}, to be seen inside and not written
     */
    public static Machine boot(String... readOnly) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("gemproxy-machine");
        RootFileSystem.layOut(directory);
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "systemd-nspawn",
                                "-q",
                                "-D",
                                directory.toString(),
                                "--private-network",
                                "--register=no",
                                "--keep-unit",
                                "--machine=gemproxy-" + UUID.randomUUID()));
        Stream.of(readOnly).map(it -> "--bind-ro=" + it).forEach(command::add);
        command.add("-b");
        Machine machine = new Machine(directory, command);
        try {
            machine.awaitBoot();
            return machine;
        } catch (IOException | InterruptedException | RuntimeException failed) {
            machine.close();
            throw failed;
        }
    }

    private void awaitBoot() throws IOException, InterruptedException {
        long end = System.nanoTime() + BOOT.toNanos();
        leader = 0;
        while (leader == 0 || !isUp()) {
            if (System.nanoTime() > end || !container.isAlive()) {
                throw new IOException("the machine did not boot: " + Files.readString(console));
            }
            if (!container.waitFor(100, TimeUnit.MILLISECONDS)) {
                leader = container.children().mapToLong(ProcessHandle::pid).findFirst().orElse(0);
            }
        }
    }

    private boolean isUp() throws IOException, InterruptedException {
        String state = run("systemctl", "is-system-running").out().strip();
        return state.equals("running") || state.equals("degraded");
    }

    /** Runs a program inside, as root, for at most two minutes. */
    public Outcome run(String... program) throws IOException, InterruptedException {
        return enter(List.of("-m", "-u", "-i", "-n", "-p"), List.of(program));
    }

    /** The same by a shell. */
    public Outcome shell(String script) throws IOException, InterruptedException {
        return run("sh", "-c", script);
    }

    /** A program of the host in the machine's network; to be started by the caller. */
    public List<String> inNetwork(String... program) {
        List<String> all =
                new ArrayList<>(List.of("nsenter", "-t", Long.toString(leader), "-n", "--"));
        all.addAll(List.of(program));
        return all;
    }

    private Outcome enter(List<String> namespaces, List<String> program)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("nsenter", "-t", Long.toString(leader)));
        all.addAll(namespaces);
        all.add("--");
        all.addAll(program);
        return Outcome.of(Path.of("/"), Programs.PATH, all);
    }

    /** Where a file of the machine is on the host. */
    public Path file(String absolute) {
        return directory.resolve(absolute.substring(1));
    }

    /** Copies a file or a directory of the host to a path inside; what is there is overwritten. */
    public void copyIn(Path from, String to) throws IOException, InterruptedException {
        Files.createDirectories(file(to).resolve("..").normalize());
        Programs.run(Duration.ofMinutes(5), "cp", "-aT", from.toString(), file(to).toString());
    }

    /** Restarts the machine as an operator does, and waits until it is up again. */
    public void reboot() throws IOException, InterruptedException {
        var _ = run("systemctl", "reboot");
        if (!container.waitFor(120, TimeUnit.SECONDS)) {
            throw new IOException("the machine did not go down: " + Files.readString(console));
        }
        container = Programs.start(console, command);
        awaitBoot();
    }

    /** Ends it at once and removes its files. */
    @Override
    public void close() throws IOException {
        try {
            ProcessHandle.of(leader).ifPresent(ProcessHandle::destroyForcibly);
            if (leader == 0 || !container.waitFor(20, TimeUnit.SECONDS)) {
                container.destroyForcibly().waitFor();
            }
            Emissions.OF_THIS_RUN.emitted("the machine's console", Files.readString(console));
            Files.delete(console);
            Programs.run(
                    Duration.ofMinutes(5), "rm", "-rf", "--one-file-system", directory.toString());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(directory + " is left behind", stopped);
        }
    }
}
