package io.gemproxy.cli;

import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;

/** A directory with what commands may find there, good and bad, and a server beside it. */
final class Premises {
    private final Path directory;
    private final ScriptedAdmin google;

    private Premises(Path directory, ScriptedAdmin google) {
        this.directory = directory;
        this.google = google;
    }

    /** With what that command may find there. */
    static Premises of(String command, Path directory, ScriptedAdmin google) throws IOException {
        Premises premises = new Premises(directory, google);
        premises.furnish(command.split(" ", 2)[0]);
        return premises;
    }

    /** The same each time, but for {@code doctor}, which compares clocks with the server's. */
    private CliRun run(String command) {
        CliRun run = new CliRun(directory).variable("GEMINI_API_KEY", apiKey());
        return command.equals("doctor") ? run.at(InstantSource.system().instant()) : run;
    }

    CliRun run(String command, String input) throws IOException {
        CliRun run = run(command);
        return switch (input) {
            case "" -> run;
            case "unreadable" -> run.input(new Unreadable());
            default -> run.input(Files.readString(directory.resolve(input)));
        };
    }

    private static String apiKey() {
        return Emissions.OF_THIS_RUN.secret(
                "a key for the situations", "AQ.Xd4RN6KkqzXvT1mP0wYc4LhJ7sD2fG9e");
    }

    private void furnish(String noun) throws IOException {
        CliRun run = CliRun.installed(directory).variable("GEMINI_API_KEY", apiKey());
        write("config/broken.yaml", "server: {prot: 1}\nauth: {rate_limit_per_minute: 60}\n");
        write(
                "config/served.yaml",
                """
                server: {host: 127.0.0.1, port: 0}
                admin: {host: 127.0.0.1, port: 0}
                auth: {jwt_secret: %s, rate_limit_per_minute: 60}
                gemini: {base_url: "%s"}
                """
                        .formatted(CliRun.SECRET, google.url()));
        write(".env", "API_KEYS=[\"AQ.Ab8RN6KkqzXvT1mP0wYc4LhJ7sD2fG9e\"]\n");
        switch (noun) {
            case "token" -> tokens(run);
            case "cert" -> certificates(run);
            case "audit" -> auditLogs();
            default -> {
                // the configurations are enough
            }
        }
    }

    private void tokens(CliRun run) throws IOException {
        String token = run.run("token", "issue", "--subject", "ci").out().strip();
        write("ci.jwt", token);
        int signature = token.lastIndexOf('.') + 1;
        String other = token.charAt(signature) == 'A' ? "B" : "A";
        write("forged.jwt", token.substring(0, signature) + other + token.substring(signature + 1));
    }

    private static void certificates(CliRun run) {
        run.run("cert", "self-signed");
        run.at(CliRun.NOW.minus(Duration.ofDays(30)))
                .run("cert", "self-signed", "--days", "1", "--out", "old");
    }

    private void auditLogs() throws IOException {
        String log = Files.readString(SampleAuditLog.in(directory).write().log());
        write("logs/forged.log", log.replace("\"version\":\"2\"", "\"version\":\"9\""));
    }

    private void write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(Emissions.OF_THIS_RUN.given(file), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** A stream that breaks at once. */
    private static final class Unreadable extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("the stream is broken");
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return read();
        }
    }
}
