package io.gemproxy.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminAccess;
import io.gemproxy.cli.admin.AdminClient;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.output.ExitCode;
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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
public final class StatusCommand implements Callable<Integer> {
    private final AdminAccess access;
    private final AdminClient client;
    private final Printer printer;
    private final InstantSource clock;

    @Mixin private AdminOption admin = new AdminOption();

    public StatusCommand(
            AdminAccess access, AdminClient client, Printer printer, InstantSource clock) {
        this.access = access;
        this.client = client;
        this.printer = printer;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        JsonNode status = client.get(access.target(admin), "/api/status");
        printer.print(() -> text(status), () -> status);
        return ExitCode.OK.number();
    }

    private List<String> text(JsonNode status) {
        List<String> lines = new ArrayList<>();
        lines.add(headline(status));
        TextTable table = new TextTable();
        for (JsonNode listener : status.path("listeners")) {
            String name = listener.path("name").asText();
            table.row(name.toUpperCase(Locale.ROOT), address(listener));
        }
        table.row("CONFIG", status.path("config_file").asText(""))
                .row(
                        "CONNECTIONS",
                        status.path("connections").asLong()
                                + " ("
                                + Humane.count(status.path("streams").asLong(), "stream")
                                + ")");
        certificate(status, table);
        lines.addAll(table.lines());
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
