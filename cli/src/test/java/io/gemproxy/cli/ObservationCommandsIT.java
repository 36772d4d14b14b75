package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code metrics}, {@code performance} and {@code errors} against a server that has some. */
final class ObservationCommandsIT {
    private int status = 200;

    @TempDir private Path directory;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        server.createContext("/metrics", exchange -> answer(exchange, "admin-metrics.txt"));
        server.createContext(
                "/performance", exchange -> answer(exchange, "admin-performance.json"));
        server.createContext("/errors", exchange -> answer(exchange, "admin-errors.json"));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"metrics", "performance", "errors"})
    void peopleSeeTables(String command) throws IOException {
        var outcome = run(command);
        assertEquals(CliRun.golden(command + ".txt"), outcome.out(), outcome.err());
        assertEquals(0, outcome.status());
    }

    @Test
    void programsSeeEachSampleOfAMetricWithItsLabels() throws IOException {
        var outcome = run("metrics", "-o", "json");
        assertEquals(CliRun.golden("metrics.json"), outcome.out(), outcome.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"performance", "errors"})
    void programsSeeTheServersAnswer(String command) throws IOException {
        var json = new ObjectMapper();
        assertEquals(
                json.readTree(CliRun.golden("admin-" + command + ".json")),
                json.readTree(run(command, "-o", "json").out()));
    }

    @Test
    void aWordChoosesMetrics() throws IOException {
        var outcome = run("metrics", "cost");
        assertTrue(outcome.out().contains("gemini_proxy_cost_usd_total"), outcome.out());
        assertEquals(2, outcome.out().lines().count(), outcome.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"metrics", "performance", "errors"})
    void aRefusalHasItsExitCode(String command) throws IOException {
        status = 404;
        var missing = run(command);
        assertEquals(1, missing.status());
        assertTrue(missing.err().contains(" answered 404"), missing.err());
        status = 401;
        assertEquals(4, run(command).status());
        server.stop(0);
        var unreachable = run(command);
        assertEquals(3, unreachable.status());
        assertFalse(unreachable.err().contains("\tat "), unreachable.err());
        assertEquals("", unreachable.out());
    }

    private CliRun.Outcome run(String... arguments) throws IOException {
        return CliRun.installed(directory)
                .variable("GEMPROXY_ADMIN_PORT", "" + server.getAddress().getPort())
                .run(arguments);
    }

    private void answer(HttpExchange exchange, String golden) throws IOException {
        Emissions.OF_THIS_RUN.emitted("the request", exchange.getRequestHeaders().toString());
        byte[] body =
                status == 200
                        ? CliRun.golden(golden).getBytes(StandardCharsets.UTF_8)
                        : new byte[0];
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
