package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

/** {@code config reload} against a server that takes the configuration, or does not. */
final class ConfigReloadCommandIT {
    private static final String UNCHANGED =
            "{\"result\":\"unchanged\",\"version\":\"5f1c0a9be27d4c38\"}";

    @TempDir private Path directory;
    private HttpServer server;
    private int status = 200;
    private String body = UNCHANGED;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        server.createContext("/api/config/reload", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void whatChangedIsToldAndWhatWaits() throws IOException {
        body = CliRun.golden("admin-reload.json");
        assertEquals(
                """
                applied: 5f1c0a9be27d4c38
                  logging.level
                  server.port
                takes effect at the next start:
                  server.port
                """,
                run("config", "reload").out());
        assertEquals(CliRun.golden("reload.json"), run("config", "reload", "-o", "json").out());
    }

    @Test
    void nothingNewIsToldToo() throws IOException {
        assertEquals("unchanged: 5f1c0a9be27d4c38\n", run("config", "reload").out());
    }

    @Test
    void aRefusalIsTheAnswerNoWithItsFindings() throws IOException {
        status = 422;
        body = CliRun.golden("admin-reload-refused.json");
        var people = run("config", "reload");
        assertEquals(
                """
                refused: what ran before runs on
                config/proxy.yaml:3:9: error: server.port: must be a whole number from 0 to 65535 — for example port: 8443 [GPX1005]
                """,
                people.out());
        assertEquals(1, people.status());
        var programs = run("config", "reload", "-o", "json");
        assertEquals(CliRun.golden("reload-refused.json"), programs.out());
        assertEquals(1, programs.status());
    }

    private CliRun.Outcome run(String... arguments) throws IOException {
        return CliRun.installed(directory)
                .variable("GEMPROXY_ADMIN_PORT", "" + server.getAddress().getPort())
                .run(arguments);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Emissions.OF_THIS_RUN.emitted("the request", exchange.getRequestHeaders().toString());
        assertEquals("POST", exchange.getRequestMethod());
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
