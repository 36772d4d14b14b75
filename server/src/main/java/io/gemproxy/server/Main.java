package io.gemproxy.server;

import io.gemproxy.server.listener.inherited.Inheritance;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import picocli.CommandLine;

/** The {@code gemproxy} command. */
public final class Main {
    private Main() {}

    /** Runs the server until it is told to stop; exits with a code of {@link ExitCode}. */
    public static void main(String[] args) {
        refuseRenegotiation();
        refuseSerialization();
        Inheritance.expect(System.getenv(), ProcessHandle.current().pid());
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        Platform platform =
                new Platform(
                        InstantSource.system(),
                        System::nanoTime,
                        new SecureRandom(),
                        System.getenv(),
                        Path.of("").toAbsolutePath(),
                        out,
                        err);
        System.exit(run(platform, args));
    }

    /** Java reads this before its first handshake, and only then. */
    private static void refuseRenegotiation() {
        String property = "jdk.tls.rejectClientInitiatedRenegotiation";
        if (System.getProperty(property) == null) {
            System.setProperty(property, "true");
        }
    }

    /**
     * Helidon's filter of serialized Java objects then lets none through, and does not search all
     * jars for exceptions from that.
     */
    private static void refuseSerialization() {
        System.setProperty("io.helidon.metadata.mode", "none");
    }

    static int run(Platform platform, String... args) {
        CommandLine command = new ServerCommand(platform).line();
        command.setOut(new java.io.PrintWriter(platform.out(), true, StandardCharsets.UTF_8));
        command.setErr(new java.io.PrintWriter(platform.err(), true, StandardCharsets.UTF_8));
        command.setExecutionExceptionHandler((failure, line, parsed) -> {
            Talk.of(platform).error("gemproxy: " + failure.getMessage());
            return ExitCode.FAILED;
        });
        return command.execute(args);
    }
}
