package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code doctor} by real sockets. */
final class DoctorCommandIT {
    private static final String KEY =
            Emissions.OF_THIS_RUN.secret("a key for doctor", "AQ.Xd4RN6KkqzXvT1mP0wYc4LhJ7sD2fG9e");

    private final List<String> asked = new CopyOnWriteArrayList<>();

    @TempDir private Path directory;
    private HttpServer google;

    @BeforeEach
    void start() throws IOException {
        google = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        google.createContext(
                "/",
                exchange -> {
                    String head = exchange.getRequestHeaders().entrySet().toString();
                    Emissions.OF_THIS_RUN.emitted("the request", head);
                    asked.add(
                            exchange.getRequestMethod()
                                    + " "
                                    + exchange.getRequestURI()
                                    + " "
                                    + head);
                    exchange.sendResponseHeaders(404, -1);
                    exchange.close();
                });
        google.start();
    }

    @AfterEach
    void stop() {
        google.stop(0);
    }

    @Test
    void peopleSeeEachCheckAndItsRemedy() throws IOException {
        var outcome = installed("server: {host: 127.0.0.1, port: 0}").run("doctor");
        assertEquals(0, outcome.status(), outcome.out());
        for (String line :
                List.of(
                        "warning  config       config/proxy.yaml is valid, ",
                        "                      do: gemproxy-cli validate config/proxy.yaml",
                        "ok       key types    none of an old type",
                        "ok       clock        agrees to ",
                        "ok       dns          127.0.0.1 has 1 address",
                        "skipped  tls          gemini.base_url has no https",
                        "ok       certificate  none yet; ",
                        "ok       ports        0 and 0 are free",
                        "skipped  socket       admin.socket is not set",
                        "ok       state        ",
                        "ok       file modes   ",
                        "ok       upstream     http://127.0.0.1:",
                        "11 checks: 0 failed, 1 warning, 2 skipped")) {
            assertTrue(outcome.out().contains(line), outcome.out());
        }
        assertEquals(1, asked.size());
        assertTrue(asked.getFirst().startsWith("GET / "), asked.toString());
        assertFalse(asked.getFirst().toLowerCase(Locale.ROOT).contains("auth"));
    }

    @Test
    void programsSeeTheSameAndTheExitCodeIs1WhereACheckFails() throws IOException {
        google.stop(0);
        var outcome =
                installed("server: {host: 192.0.2.1, port: 0}").run("doctor", "--output", "json");
        assertEquals(1, outcome.status(), outcome.err());
        var json = new ObjectMapper().readTree(outcome.out());
        assertFalse(json.path("healthy").asBoolean(true));
        assertEquals(2, json.path("failed").asInt(), outcome.out());
        assertEquals("config", json.path("checks").path(0).path("check").asText());
        for (var check : json.path("checks")) {
            boolean failed = check.path("verdict").asText().equals("failed");
            assertEquals(
                    failed,
                    List.of("ports", "upstream").contains(check.path("check").asText()),
                    outcome.out());
            assertTrue(!failed || check.path("remedy").isTextual(), outcome.out());
        }
    }

    @Test
    void aMissingConfigurationFailsAndTheRestIsSkipped() {
        var outcome = new CliRun(directory).run("doctor");
        assertEquals(1, outcome.status());
        assertTrue(outcome.out().contains("failed   config"), outcome.out());
        assertTrue(outcome.out().contains("11 checks: 1 failed, 0 warnings, 10 skipped"));
    }

    private CliRun installed(String server) throws IOException {
        return new CliRun(directory)
                .at(InstantSource.system().instant())
                .config(
                        server
                                + "\nadmin: {port: 0}\nauth: {jwt_secret: "
                                + CliRun.SECRET
                                + ", rate_limit_per_minute: 60}\ngemini:\n  base_url: http://127.0.0.1:"
                                + google.getAddress().getPort()
                                + "\n  timeout_seconds: 30\n  api_keys: [{id: primary, key: "
                                + KEY
                                + "}]\n");
    }
}
