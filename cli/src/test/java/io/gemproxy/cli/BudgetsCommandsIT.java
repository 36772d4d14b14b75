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

/** {@code budgets} against a server with one account, the month of which is damaged. */
final class BudgetsCommandsIT {
    private static final String ACCOUNT =
            """
            {"client":"ci","day":{"start":"2026-11-21T00:00:00Z","end":"2026-11-22T00:00:00Z","known":true,\
            "spent":{"requests":12,"tokens":80312,"usd":0.0240936},"reserved":{"requests":0,"tokens":7,"usd":0}},\
            "month":{"start":"2026-11-01T00:00:00Z","end":"2026-12-01T00:00:00Z","known":false,\
            "spent":{"requests":940,"tokens":5120021,"usd":1.5},"reserved":{"requests":0,"tokens":7,"usd":0}}}\
            """;

    private static final String TABLE =
            """
            CLIENT  PERIOD  REQUESTS  TOKENS   DOLLARS    HELD  STATE
            ci      day     12        80312    0.0240936  7     known
            ci      month   940       5120021  1.5        7     unknown, refused
            """;

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
    void theListShowsBothPeriodsOfEachClient() throws IOException {
        var outcome = run("budgets", "list");
        assertEquals(TABLE, outcome.out(), outcome.err());
        assertEquals(0, outcome.status());
        assertTrue(run("-o", "json", "budgets", "list").out().contains("\"known\""));
    }

    @Test
    void resetIsForOneClientOrForAll() throws IOException {
        assertEquals(TABLE, run("budgets", "reset", "ci").out());
        assertEquals(TABLE, run("budgets", "reset", "--all").out());
        assertEquals(List.of("POST /api/budgets/ci/reset", "POST /api/budgets/reset"), asked);
        assertEquals(2, run("budgets", "reset").status());
        assertEquals(2, run("budgets", "reset", "ci", "--all").status());
        assertEquals(2, asked.size());
    }

    @Test
    void aClientThatIsNotThereIsTheAnswerNo() throws IOException {
        assertEquals(1, run("budgets", "reset", "nobody").status());
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
        boolean missing = wanted.contains("nobody");
        String text =
                missing
                        ? "{\"title\":\"Not found\",\"detail\":\"No client of this name.\"}"
                        : wanted.contains("/ci/") ? ACCOUNT : "{\"clients\":[" + ACCOUNT + "]}";
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(missing ? 404 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
