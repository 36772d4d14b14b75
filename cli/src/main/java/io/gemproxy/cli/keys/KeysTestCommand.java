package io.gemproxy.cli.keys;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Paint;
import io.gemproxy.cli.output.Printer;
import io.gemproxy.cli.output.TextTable;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keys test}: what Google says about a key. */
@Command(
        name = "test",
        description = "Asks Google about a key, through the server, and tells the server's pool.",
        footer = {
            "",
            "Asks models.list and countTokens, which cost no quota; --generate also asks for one token.",
            "Exit codes: 0 it works, 1 it does not, or there is no such key, 3 server not reachable,"
                    + " 4 not authorised.",
            "",
            "Example: gemproxy-cli keys test primary"
        })
public final class KeysTestCommand implements Callable<Integer> {
    private final KeyVerbs keys;
    private final Printer printer;
    private final InstantSource clock;

    @Mixin private AdminOption admin = new AdminOption();

    @Parameters(paramLabel = "KEY-ID", description = "The key's id in the configuration.")
    private String id = "";

    @Option(
            names = "--generate",
            description = "Also generates one token, which costs a request of the day.")
    private boolean generate;

    public KeysTestCommand(KeyVerbs keys, Printer printer, InstantSource clock) {
        this.keys = keys;
        this.printer = printer;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        JsonNode test = keys.test(admin, id, generate);
        printer.print(() -> text(test), () -> test);
        return (test.path("works").asBoolean() ? ExitCode.OK : ExitCode.NO).number();
    }

    private List<String> text(JsonNode test) {
        TextTable table = TextTable.headed("ASKED", "MODEL", "ANSWER", "AFTER");
        for (JsonNode step : test.path("steps")) {
            table.row(
                    step.path("step").asText(),
                    step.path("model").asText(""),
                    step.path("reason").asText(),
                    String.format(Locale.ROOT, "%.0f ms", step.path("took_ms").asDouble()));
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        lines.add(
                Printer.plain(id)
                        + (test.path("works").asBoolean()
                                ? printer.paint(Paint.GREEN, " works")
                                : printer.paint(Paint.RED, " does not work")));
        lines.add("");
        lines.addAll(new KeyText(new Moments(clock)).lines(test.path("key")));
        return lines;
    }
}
