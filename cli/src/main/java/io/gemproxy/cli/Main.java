package io.gemproxy.cli;

import io.gemproxy.cli.output.Terminal;
import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** The entry point: the process as it is, and its end. */
public final class Main {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private Main() {}

    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        Terminal terminal =
                new Terminal(
                        System.in, utf8(System.out), utf8(System.err), isColoured(environment));
        Surroundings surroundings =
                new Surroundings(
                        terminal,
                        environment,
                        Path.of("").toAbsolutePath(),
                        InstantSource.system(),
                        new SecureRandom(),
                        Main::pause);
        System.exit(new Cli(surroundings).run(arguments));
    }

    @SuppressWarnings("SystemConsoleNull") // since JDK 25 there is none again without a terminal
    private static boolean isColoured(Map<String, String> environment) {
        Console console = System.console();
        return console != null
                && console.isTerminal()
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    }

    /** JSON is UTF-8 whatever the locale says. */
    private static PrintStream utf8(PrintStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    private static boolean pause() throws InterruptedException {
        Thread.sleep(BETWEEN_LOOKS);
        return true;
    }
}
