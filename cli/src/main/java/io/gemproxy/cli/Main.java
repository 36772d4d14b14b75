package io.gemproxy.cli;

import io.gemproxy.cli.output.Terminal;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.regex.Pattern;

/** The entry point: the process as it is, and its end. */
public final class Main {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;
    private static final int USUAL_COLUMNS = 80;

    /** What Linux calls the terminals a program may have been given. */
    private static final Pattern TERMINAL = Pattern.compile("/dev/(pts/\\d+|tty\\w*|console)");

    private static final Pattern COLUMNS = Pattern.compile("[1-9][0-9]{1,3}");

    private Main() {}

    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        Terminal terminal =
                new Terminal(
                        System.in,
                        utf8(System.out),
                        utf8(System.err),
                        isColoured(environment),
                        columns(environment));
        Surroundings surroundings =
                new Surroundings(
                        terminal,
                        environment,
                        Path.of("").toAbsolutePath(),
                        InstantSource.system(),
                        new SecureRandom(),
                        Main::pause,
                        new Heartbeat());
        Cli cli = new Cli(surroundings);
        if (terminal.columns() > 0) {
            Runtime.getRuntime().addShutdownHook(new Thread(cli::tidy, "tidy"));
        }
        int status = cli.run(arguments);
        System.exit(terminal.out().checkError() && !isPiped() ? cli.unwritten() : status);
    }

    /** Who reads from a pipe may go when it has seen enough. */
    private static boolean isPiped() {
        return stream(STANDARD_OUTPUT).startsWith("pipe:")
                || stream(STANDARD_OUTPUT).startsWith("socket:");
    }

    private static boolean isColoured(Map<String, String> environment) {
        return isTerminal(STANDARD_OUTPUT)
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !isDumb(environment);
    }

    /** Of standard error, where it is a terminal on which a line can be written over. */
    private static int columns(Map<String, String> environment) {
        if (!isTerminal(STANDARD_ERROR) || isDumb(environment)) {
            return 0;
        }
        String said = environment.getOrDefault("COLUMNS", "");
        return COLUMNS.matcher(said).matches() ? Integer.parseInt(said) : USUAL_COLUMNS;
    }

    private static boolean isDumb(Map<String, String> environment) {
        return environment.getOrDefault("TERM", "dumb").equals("dumb");
    }

    /** Linux says what each stream is; elsewhere Java knows only whether all of them are. */
    @SuppressWarnings("SystemConsoleNull") // since JDK 25 there is none again without a terminal
    private static boolean isTerminal(int descriptor) {
        String stream = stream(descriptor);
        if (!stream.isEmpty()) {
            return TERMINAL.matcher(stream).matches();
        }
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /** Its name where the system has one: a file's, or {@code pipe:[4711]}. */
    private static String stream(int descriptor) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
        } catch (IOException | UnsupportedOperationException _) {
            return "";
        }
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
