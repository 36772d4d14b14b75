package io.gemproxy.simulator;

import io.gemproxy.simulator.script.ScriptException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command gemini-simulator. */
@Command(
        name = "gemini-simulator",
        mixinStandardHelpOptions = true,
        version = "gemini-simulator 0.1.0",
        description = {
            "Answers like the Gemini API, without Google and without a real key.",
            "Without --key it accepts the demo key " + Simulator.DEMO_KEY + ".",
            ""
        },
        footer = {
            "",
            "A script has one rule a line: WHO: [WHEN] WHAT [and WHAT]...",
            "  WHO   all, key ID, project ID, model NAME, path GLOB, request N, method NAME",
            "  WHEN  always, once, next N, after N, every N",
            "  WHAT  STATUS [REASON] [retry TIME] [message \"TEXT\"], reset|close|truncate at PLACE,",
            "        stall at PLACE [for TIME | until GATE], delay TIME, drip N bytes per TIME,",
            "        error STATUS at event N, garbage, raw FILE, events N, size N, text \"TEXT\", ...",
            "  PLACE headers, byte N, event N, end",
            "docs/simulator.md lists all of it.",
            "",
            "Examples:",
            "  gemini-simulator --port 8090",
            "  gemini-simulator --port 8090 --key k1=AIzaOne@project-1 --script faults.txt",
            "  where faults.txt says:",
            "    key k1: always 429 perminute retry 7s",
            "    model gemini-2.5-pro: next 2 503",
            "    path *:streamGenerateContent: stall at event 3 for 10s",
            "",
            "Exit codes: 0 stopped, 2 wrong usage or script, 5 the port cannot be bound."
        })
public final class Main implements Callable<Integer> {
    private static final long LONGEST_PREFIX_LIFETIME = 86_400;

    @Spec private @Nullable CommandSpec spec;

    @Option(names = "--port", required = true, paramLabel = "N", description = "port; 0: any free")
    private int port;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "address (${DEFAULT-VALUE})")
    private String host = "127.0.0.1";

    @Option(names = "--script", paramLabel = "FILE", description = "rules in force from the start")
    private @Nullable Path script;

    @Option(
            names = "--key",
            paramLabel = "ID=VALUE[@PROJECT]",
            description =
                    "a key to accept; may be repeated; its project is default-project unless said")
    private List<String> keys = List.of();

    @Option(
            names = "--prefix-cache",
            paramLabel = "SECONDS",
            arity = "0..1",
            fallbackValue = "300",
            description =
                    "implicit caching: each project keeps the prefixes of its prompts so long"
                            + " after their last use (${FALLBACK-VALUE})")
    private long prefixCache;

    @Option(names = "--quiet", description = "do not print the URL")
    private boolean quiet;

    private Main() {}

    /** Runs until the process is stopped. */
    public static void main(String[] arguments) {
        System.exit(command().execute(arguments));
    }

    /** The command, whose execute() answers with the exit code. */
    static CommandLine command() {
        return new CommandLine(new Main());
    }

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        if (port < 0 || port > 65535) {
            throw new CommandLine.ParameterException(line, "--port is a number from 0 to 65535");
        }
        if (prefixCache < 0 || prefixCache > LONGEST_PREFIX_LIFETIME) {
            throw new CommandLine.ParameterException(
                    line,
                    "--prefix-cache is a number of seconds from 0 to " + LONGEST_PREFIX_LIFETIME);
        }
        Simulator.Builder builder =
                Simulator.builder().port(port).prefixCache(Duration.ofSeconds(prefixCache));
        for (String key : keys) {
            add(builder, key, line);
        }
        read(builder, line);
        try {
            return serve(builder.host(InetAddress.getByName(host)), line.getOut());
        } catch (ScriptException wrong) {
            line.getErr().println(script + ": " + wrong.getMessage());
            return 2;
        } catch (UnknownHostException | UncheckedIOException refused) {
            line.getErr().println("cannot listen on " + host + ":" + port);
            return 5;
        }
    }

    private void read(Simulator.Builder builder, CommandLine line) {
        Path file = script;
        if (file == null) {
            return;
        }
        try {
            builder.script(Files.readString(file));
        } catch (IOException unreadable) {
            throw new CommandLine.ParameterException(
                    line, "--script " + file + " cannot be read", unreadable);
        }
        Path directory = file.toAbsolutePath().getParent();
        builder.directory(directory == null ? Path.of("") : directory);
    }

    private int serve(Simulator.Builder builder, PrintWriter out) {
        try (Simulator simulator = builder.start()) {
            if (!quiet) {
                out.println("gemini-simulator listens on http://" + host + ":" + simulator.port());
                out.flush();
            }
            new CountDownLatch(1).await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private static void add(Simulator.Builder builder, String key, CommandLine line) {
        int equals = key.indexOf('=');
        int at = key.lastIndexOf('@');
        if (equals <= 0 || equals == key.length() - 1) {
            throw new CommandLine.ParameterException(line, "--key is written ID=VALUE[@PROJECT]");
        }
        String project = at > equals ? key.substring(at + 1) : "default-project";
        builder.key(
                key.substring(0, equals),
                key.substring(equals + 1, at > equals ? at : key.length()),
                project);
    }
}
