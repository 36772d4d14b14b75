package io.gemproxy.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminAccess;
import io.gemproxy.cli.admin.AdminClient;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.admin.AskingCommand;
import io.gemproxy.cli.output.FindingText;
import io.gemproxy.cli.output.Humane;
import io.gemproxy.cli.output.Paint;
import io.gemproxy.cli.output.Printer;
import io.gemproxy.cli.output.TextTable;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code status}: the running server at a glance. */
@Command(
        name = "status",
        description = "Shows what the running server says of itself.",
        footer = {
            "",
            "Exit codes: 0 shown, 3 server not reachable, 4 not authorised.",
            "",
            "Example: gemproxy-cli status --server http://127.0.0.1:9090"
        })
public final class StatusCommand extends AskingCommand {
    private final AdminAccess access;
    private final AdminClient client;
    private final Printer printer;
    private final InstantSource clock;

    public StatusCommand(
            AdminAccess access, AdminClient client, Printer printer, InstantSource clock) {
        super(printer);
        this.access = access;
        this.client = client;
        this.printer = printer;
        this.clock = clock;
    }

    @Override
    protected JsonNode ask(AdminOption where) throws IOException {
        return client.get(access.target(where), "/api/status");
    }

    @Override
    protected List<String> text(JsonNode status) {
        List<String> lines = new ArrayList<>();
        lines.add(headline(status));
        TextTable table = new TextTable();
        for (JsonNode listener : status.path("listeners")) {
            String name = listener.path("name").asText();
            table.row(name.toUpperCase(Locale.ROOT), address(listener));
        }
        configuration(status, table);
        table.row(
                "CONNECTIONS",
                status.path("connections").asLong()
                        + " ("
                        + Humane.count(status.path("streams").asLong(), "stream")
                        + ")");
        certificate(status, table);
        lines.addAll(table.lines());
        lines.addAll(FindingText.lines(status.at("/config/last_reload/findings")));
        return lines;
    }

    private static String address(JsonNode listener) {
        String address = listener.path("address").asText();
        if (address.startsWith("unix:")) {
            return address;
        }
        return (listener.path("tls").asBoolean() ? "https " : "http ") + address;
    }

    private String headline(JsonNode status) {
        boolean draining = status.path("draining").asBoolean();
        String state =
                draining
                        ? printer.paint(Paint.YELLOW, "draining")
                        : printer.paint(Paint.GREEN, "serving");
        Duration uptime = Duration.ofSeconds(status.path("uptime_seconds").asLong());
        return "gemproxy "
                + Printer.plain(status.path("version").asText())
                + ", "
                + state
                + ", up "
                + Humane.duration(uptime);
    }

    private void configuration(JsonNode status, TextTable table) {
        JsonNode config = status.path("config");
        String version =
                config.isObject()
                        ? " ("
                                + config.path("version").asText()
                                + " since "
                                + moment(config.path("since"))
                                + ")"
                        : "";
        table.row("CONFIG", status.path("config_file").asText("") + version);
        JsonNode last = config.path("last_reload");
        if (last.isObject()) {
            String result = last.path("result").asText();
            table.row(
                    "RELOAD",
                    result
                            + " "
                            + moment(last.path("at"))
                            + (config.at("/last_reload/findings").isEmpty()
                                    ? ""
                                    : ", findings below"));
        }
        onDisk(config.path("on_disk"), table);
        named(table, "IN DOUBT", "not taken over: ", config.path("not_taken_over"));
        named(table, "HISTORY", "not on disk: ", config.path("history_lost"));
        named(table, "AT RESTART", "", config.path("waiting"));
    }

    private static void onDisk(JsonNode disk, TextTable table) {
        switch (disk.path("state").asText("")) {
            case "differs" ->
                    table.row(
                            "ON DISK",
                            "the file differs from what runs since "
                                    + moment(disk.path("since"))
                                    + "; config diff says in what");
            case "unreadable" -> table.row("ON DISK", "the file cannot be read");
            default -> {}
        }
    }

    private static void named(TextTable table, String row, String what, JsonNode names) {
        if (!names.isEmpty()) {
            List<String> all = new ArrayList<>();
            names.forEach(each -> all.add(each.asText()));
            table.row(row, what + String.join(", ", all));
        }
    }

    private static String moment(JsonNode at) {
        try {
            return Humane.time(Instant.parse(at.asText()));
        } catch (DateTimeException odd) {
            return at.asText();
        }
    }

    private void certificate(JsonNode status, TextTable table) {
        JsonNode expiry = status.path("certificate_expiry");
        if (!expiry.isTextual()) {
            return;
        }
        try {
            Instant end = Instant.parse(expiry.asText());
            boolean over = end.isBefore(clock.instant());
            table.row(
                    "CERTIFICATE",
                    (over ? "expired " : "ends ")
                            + Humane.distance(clock.instant(), end)
                            + ", "
                            + Humane.time(end));
        } catch (DateTimeException odd) {
            table.row("CERTIFICATE", expiry.asText());
        }
    }
}
