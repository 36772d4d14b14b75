package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sessions} against a server where two are logged in. */
final class SessionsCommandsIT {
    private static final String ID = "Yb0xw1bH3kq9LzRt";

    private final List<String> asked = new CopyOnWriteArrayList<>();

    @TempDir private Path directory;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void theListSaysWhoIsLoggedInFromWhereAndUntilWhen() throws IOException {
        var outcome = run("sessions", "list");
        assertEquals(0, outcome.status(), outcome.err());
        List<String> lines = outcome.out().lines().toList();
        assertEquals(3, lines.size(), outcome.out());
        assertEquals(
                List.of("ID", "ADDRESS", "LOGIN"),
                List.of(lines.getFirst().split(" +")).subList(0, 3));
        assertTrue(lines.get(1).startsWith(ID + "  127.0.0.1"), lines.get(1));
        assertTrue(lines.get(1).contains("2026-11-21 11:05 UTC  curl/8.5.0"), lines.get(1));
    }

    @Test
    void oneIsEndedByItsIdAndAllByTheirOption() throws IOException {
        assertEquals("1 session ended.\n", run("sessions", "end", ID).out());
        assertEquals("2 sessions ended.\n", run("sessions", "end", "--all").out());
        assertEquals(
                "{\"ended\":2}",
                run("sessions", "end", "--all", "-o", "json").out().replaceAll("\\s", ""));
        assertEquals("DELETE /api/sessions/" + ID, asked.getFirst());
        assertEquals("DELETE /api/sessions", asked.getLast());
    }

    @Test
    void whatIsNotThereEndsWith1AndNothingAtAllWith2() throws IOException {
        var outcome = run("sessions", "end", "nobody");
        assertEquals(1, outcome.status());
        assertTrue(outcome.err().contains("No session that lives has this id."), outcome.err());
        asked.clear();
        assertEquals(2, run("sessions", "end").status());
        assertEquals(2, run("sessions", "end", ID, "--all").status());
        assertEquals(List.of(), asked);
    }

    private CliRun.Outcome run(String... arguments) throws IOException {
        return CliRun.installed(directory)
                .variable("GEMPROXY_ADMIN_PORT", "" + server.getAddress().getPort())
                .run(arguments);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Emissions.OF_THIS_RUN.emitted("the request", exchange.getRequestHeaders().toString());
        String wanted = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        asked.add(wanted);
        int status = wanted.endsWith("nobody") ? 404 : 200;
        String text =
                switch (wanted) {
                    case "GET /api/sessions" -> CliRun.golden("admin-sessions.json");
                    case "DELETE /api/sessions" -> "{\"ended\":2}";
                    case "DELETE /api/sessions/" + ID -> "{\"ended\":1}";
                    default ->
                            "{\"title\":\"Not found\",\"detail\":\"No session that lives has this"
                                    + " id.\"}";
                };
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
