package io.gemproxy.server.config;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Loads all broken configurations one after the other, as the program of a Java of its own. */
final class BrokenConfigs {
    static final String BEGIN = "=== ";

    private BrokenConfigs() {}

    /**
     * Prints of each its name, the milliseconds of processor time that its load took, and what was
     * said of it.
     *
     * @param arguments the corpus, and where the files of each case have been put
     */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        Path prepared = Path.of(arguments[1]);
        load(new ConfigRequest(new ConfigSource.Search(), List.of(), Map.of(), prepared));
        for (BrokenCase broken : BrokenCase.all(Path.of(arguments[0]))) {
            ConfigRequest request = broken.request(prepared.resolve(broken.name()));
            long before = cpu();
            ConfigResult result = load(request);
            long spent = (cpu() - before) / 1_000_000;
            out.print(BEGIN + broken.name() + " " + spent + "\n");
            result.findings().stream()
                    .filter(finding -> finding.severity() != Severity.NOTICE)
                    .flatMap(finding -> ConfigText.lines(finding).stream())
                    .forEach(line -> out.print(line + "\n"));
        }
        out.flush();
    }

    private static ConfigResult load(ConfigRequest request) {
        return new ConfigLoader(() -> Instant.parse("2026-11-21T00:00:00Z")).load(request);
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
