package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.cli.output.Terminal;
import io.gemproxy.emissions.Emissions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs command lines of the manual and keeps what a terminal would show. */
final class Shell {
    private static final Set<Integer> ANSWERS = Set.of(0, 1);

    private static final String COMPLAINT = "gemproxy-cli: ";

    private final Path directory;
    private final Map<String, String> environment;
    private final InstantSource clock;
    private final SecureRandom random;
    private final StandIns standIns;

    Shell(
            Path directory,
            Map<String, String> environment,
            InstantSource clock,
            SecureRandom random,
            StandIns standIns) {
        this.directory = directory;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.random = random;
        this.standIns = standIns;
    }

    /** The lines on the terminal; the exit code must be that of an answer. */
    List<String> run(String command) throws Exception {
        ShellLine line = ShellLine.of(standIns.real(command));
        byte[] in = line.input().isEmpty() ? new byte[0] : Files.readAllBytes(file(line.input()));
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        ByteArrayOutputStream data = line.output().isEmpty() ? screen : new ByteArrayOutputStream();
        switch (line.words().getFirst()) {
            case "cat" -> data.write(Files.readAllBytes(file(line.words().get(1))));
            case "sed" -> edit(line.words().get(2), file(line.words().get(3)));
            case "gemproxy-cli" -> {
                int status =
                        new Cli(around(line.environment(), in, data, screen)).run(arguments(line));
                assertTrue(
                        ANSWERS.contains(status),
                        () -> command + " ended with " + status + ": " + text(screen));
            }
            default -> throw new IllegalArgumentException("no such program: " + command);
        }
        assertFalse(text(screen).startsWith(COMPLAINT), () -> command + ": " + text(screen));
        if (!line.output().isEmpty()) {
            Files.createDirectories(file(line.output()).getParent());
            Files.write(file(line.output()), data.toByteArray());
        }
        return standIns.shown(text(screen))
                .lines()
                .map(String::stripTrailing)
                .limit(line.most())
                .toList();
    }

    /** {@code s/this/that/}. */
    private static void edit(String expression, Path file) throws IOException {
        String[] parts = expression.split("/", -1);
        Files.writeString(file, Files.readString(file).replace(parts[1], parts[2]));
    }

    private static String[] arguments(ShellLine line) {
        return line.words().subList(1, line.words().size()).toArray(String[]::new);
    }

    private Path file(String name) {
        return directory.resolve(name.replaceFirst("^~/", "home/"));
    }

    private Surroundings around(
            Map<String, String> more,
            byte[] in,
            ByteArrayOutputStream out,
            ByteArrayOutputStream err) {
        Terminal terminal =
                new Terminal(
                        new ByteArrayInputStream(in),
                        stream("standard output", out),
                        stream("standard error", err),
                        false,
                        0);
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return new Surroundings(
                terminal, all, directory, clock, random, () -> false, new DrivenPulse());
    }

    private static PrintStream stream(String place, ByteArrayOutputStream bytes) {
        return new PrintStream(
                Emissions.OF_THIS_RUN.into(place, bytes), true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
