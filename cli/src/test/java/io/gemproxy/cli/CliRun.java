package io.gemproxy.cli;

import io.gemproxy.cli.output.Terminal;
import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.audit.AuditReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;

/** Runs commands in a directory of their own, at a fixed time, with streams that are kept. */
final class CliRun {
    static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    static final String SECRET =
            Emissions.OF_THIS_RUN.secret(
                    "the signing secret", "kC3vXo8b5QpW1zR7tYn4uJm6sDf9gHa2eLqVwPxB");

    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();
    private Instant now = NOW;
    private InputStream input = InputStream.nullInputStream();
    private boolean colour;
    private int columns;
    private DrivenPulse pulse = new DrivenPulse();
    private AuditReader.Pause pause = () -> false;

    CliRun(Path directory) {
        this.directory = directory;
    }

    /** With {@code config/proxy.yaml} as an operator without any API key has it. */
    static CliRun installed(Path directory) throws IOException {
        CliRun run = new CliRun(directory);
        run.config("auth:\n  jwt_secret: " + SECRET + "\n  rate_limit_per_minute: 60\n");
        return run;
    }

    CliRun config(String yaml) throws IOException {
        Path file = directory.resolve("config/proxy.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, yaml);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return this;
    }

    CliRun variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    CliRun input(String text) {
        return input(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    CliRun input(InputStream bytes) {
        input = bytes;
        return this;
    }

    CliRun at(Instant moment) {
        now = moment;
        return this;
    }

    CliRun inColour() {
        colour = true;
        return this;
    }

    /** With a terminal of that width for the talk. */
    CliRun onTerminal(int width, DrivenPulse chosen) {
        columns = width;
        pulse = chosen;
        return this;
    }

    CliRun pause(AuditReader.Pause chosen) {
        pause = chosen;
        return this;
    }

    Outcome run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = cli(out, err).run(arguments);
        return new Outcome(
                status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The commands as picocli has them. */
    CommandLine commands() {
        return cli(new ByteArrayOutputStream(), new ByteArrayOutputStream()).commands();
    }

    private Cli cli(ByteArrayOutputStream out, ByteArrayOutputStream err) {
        Terminal terminal =
                new Terminal(
                        input,
                        stream("standard output", out),
                        stream("standard error", err),
                        colour,
                        columns);
        return new Cli(
                new Surroundings(
                        terminal,
                        environment,
                        directory,
                        InstantSource.fixed(now),
                        new SecureRandom(),
                        pause,
                        pulse));
    }

    /** The text of a file beside the tests. */
    static String golden(String name) {
        try (InputStream file = CliRun.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new AssertionError(name, unreadable);
        }
    }

    private static PrintStream stream(String place, ByteArrayOutputStream bytes) {
        return new PrintStream(
                Emissions.OF_THIS_RUN.into(place, bytes), true, StandardCharsets.UTF_8);
    }

    /** How a run ended. */
    record Outcome(int status, String out, String err) {}
}
