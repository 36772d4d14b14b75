package io.gemproxy.cli.keys;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminAccess;
import io.gemproxy.cli.admin.AdminClient;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Humane;
import io.gemproxy.cli.output.Printer;
import io.gemproxy.cli.output.TextTable;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keys list}: the pool as the running server sees it. */
@Command(
        name = "list",
        description = "Lists the pooled keys by id, with their state and use.",
        footer = {
            "",
            "Exit codes: 0 listed, 3 server not reachable, 4 not authorised.",
            "",
            "Example: gemproxy-cli keys list --output json"
        })
public final class KeysListCommand implements Callable<Integer> {
    private final AdminAccess access;
    private final AdminClient client;
    private final Printer printer;
    private final InstantSource clock;

    @Mixin private AdminOption admin = new AdminOption();

    public KeysListCommand(
            AdminAccess access, AdminClient client, Printer printer, InstantSource clock) {
        this.access = access;
        this.client = client;
        this.printer = printer;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        JsonNode keys = client.get(access.target(admin), "/api/keys");
        printer.print(() -> text(keys.path("keys")), () -> keys);
        return ExitCode.OK.number();
    }

    private List<String> text(JsonNode keys) {
        TextTable table =
                TextTable.headed(
                        "ID",
                        "STATE",
                        "UNTIL",
                        "REASON",
                        "RPM",
                        "WEIGHT",
                        "REQUESTS",
                        "FAILED",
                        "HEALTH",
                        "PROJECT");
        for (JsonNode key : keys) {
            table.row(
                    key.path("id").asText(),
                    key.path("state").asText(),
                    until(key),
                    key.path("reason").asText(""),
                    perMinute(key),
                    key.path("weight").asText(),
                    key.path("requests").asText(),
                    key.path("failures").asText(),
                    String.format(Locale.ROOT, "%.0f %%", key.path("health").asDouble() * 100),
                    key.path("project").asText());
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        lines.add(Humane.count(keys.size(), "key") + states(keys));
        return lines;
    }

    private String until(JsonNode key) {
        String until = key.path("until").asText("");
        try {
            return until.isEmpty() ? "" : Humane.distance(clock.instant(), Instant.parse(until));
        } catch (DateTimeException odd) {
            return until;
        }
    }

    private static String perMinute(JsonNode key) {
        JsonNode limit = key.path("requests_per_minute_limit");
        String now = key.path("requests_last_minute").asText();
        return limit.isNumber() ? now + "/" + limit.asText() : now;
    }

    private static String states(JsonNode keys) {
        Map<String, Integer> counts = new TreeMap<>();
        keys.forEach(key -> counts.merge(key.path("state").asText(), 1, Integer::sum));
        return counts.isEmpty()
                ? ""
                : counts.entrySet().stream()
                        .map(state -> state.getValue() + " " + Printer.plain(state.getKey()))
                        .collect(Collectors.joining(", ", ": ", ""));
    }
}
