package io.gemproxy.server;

import static io.gemproxy.server.ServerFixture.FLASH;
import static io.gemproxy.server.ServerFixture.keyOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.simulator.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command: exit codes, signals, and what it makes where it is started. */
class ServerProcessIT {
    private static final String SSE = FLASH + ":streamGenerateContent?alt=sse";

    private static Simulator simulator;

    @TempDir Path directory;

    @BeforeAll
    static void start() {
        simulator = Simulator.builder().key("alpha", keyOf("alpha"), "p-one").start();
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    private static String yaml(boolean tls) {
        return """
        server:
          host: 127.0.0.1
          port: 0
          shutdown_grace_seconds: 20
          tls: {enabled: %s}
        gemini:
          base_url: %s
          api_keys: [{id: alpha, key: %s}]
        auth: {jwt_secret: %s}
        admin: {port: 0}
        """
                .formatted(tls, simulator.baseUrl(), keyOf("alpha"), ServerFixture.SECRET);
    }

    @Test
    void anInvalidConfigurationIsExit4WithAllItsProblems() throws Exception {
        String broken =
                """
                server: {host: 127.0.0.1, port: 99999, tls: {enabled: maybe}}
                gemini: {api_keys: []}
                auth: {jwt_secret: short}
                admni: {port: 0}
                """;
        try (ServerProcess server = ServerProcess.serving(directory, broken)) {
            assertEquals(4, server.exitCode());
            for (String path :
                    List.of(
                            "server.port",
                            "server.tls.enabled",
                            "gemini.api_keys",
                            "auth.jwt_secret",
                            "admni")) {
                assertTrue(server.err().contains(path), () -> path + " in " + text(server));
            }
            assertEquals("", server.out());
            assertFalse(server.err().contains("\tat "), () -> text(server));
        }
    }

    @Test
    void withoutAuthenticationOnlyLoopbackMayBeServed() throws Exception {
        try (ServerProcess server =
                ServerProcess.serving(
                        directory,
                        yaml(true),
                        "--set",
                        "auth.enabled=false",
                        "--set",
                        "server.host=0.0.0.0")) {
            assertEquals(4, server.exitCode());
            assertTrue(server.err().contains("auth.enabled"), () -> text(server));
        }
    }

    @Test
    void withoutTlsOnlyLoopbackMayBeServed() throws Exception {
        try (ServerProcess server =
                ServerProcess.serving(directory, yaml(false), "--set", "server.host=0.0.0.0")) {
            assertEquals(4, server.exitCode());
            assertTrue(server.err().contains("allow_plaintext"), () -> text(server));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"server.port", "admin.port"})
    void aTakenPortIsExit5AndSaysWhich(String setting) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerProcess server =
                        ServerProcess.serving(
                                directory,
                                yaml(false),
                                "--set",
                                setting + "=" + taken.getLocalPort())) {
            assertEquals(5, server.exitCode());
            assertTrue(
                    server.err().contains("127.0.0.1:" + taken.getLocalPort()), () -> text(server));
            assertFalse(server.err().contains("\tat "), () -> text(server));
        }
    }

    @Test
    void anAuditFileOfAnotherServerIsExit4AndDeathLetsGoOfIt() throws Exception {
        ServerProcess first = ServerProcess.serving(directory, yaml(false));
        try (first) {
            first.proxyPort();
            try (ServerProcess second = ServerProcess.serving(directory, yaml(false))) {
                assertEquals(4, second.exitCode());
                assertTrue(second.err().contains("audit.path: "), () -> text(second));
                assertTrue(second.err().contains("logs/audit.log is written by another gemproxy"));
                assertFalse(second.err().contains("\tat "), () -> text(second));
            }
            assertTrue(first.alive());
        }
        try (ServerProcess third = ServerProcess.serving(directory, yaml(false))) {
            assertTrue(third.proxyPort() > 0);
        }
    }

    @Test
    void aStateDirectoryOfAnotherServerIsExit4() throws Exception {
        try (ServerProcess first = ServerProcess.serving(directory, yaml(false))) {
            first.proxyPort();
            try (ServerProcess second =
                    ServerProcess.serving(
                            directory, yaml(false), "--set", "audit.path=logs/second.log")) {
                assertEquals(4, second.exitCode());
                assertTrue(second.err().contains("state.dir: "), () -> text(second));
                assertTrue(second.err().contains("var is in use by another gemproxy"));
                assertFalse(second.err().contains("\tat "), () -> text(second));
            }
            assertTrue(first.alive());
        }
    }

    @Test
    void theSameServerTwiceIsToldOfItsPort() throws Exception {
        try (ServerProcess first = ServerProcess.serving(directory, yaml(false));
                ServerProcess second =
                        ServerProcess.serving(
                                directory,
                                yaml(false),
                                "--set",
                                "server.port=" + first.proxyPort())) {
            assertEquals(5, second.exitCode());
        }
    }

    @Test
    void usageVersionAndCheckAnswerAndEnd() throws Exception {
        Files.writeString(directory.resolve("proxy.yaml"), yaml(true));
        try (ServerProcess usage = ServerProcess.start(directory, "--no-such-option");
                ServerProcess version = ServerProcess.start(directory, "--version");
                ServerProcess help = ServerProcess.start(directory, "--help");
                ServerProcess check =
                        ServerProcess.start(directory, "--check", "--config", "proxy.yaml");
                ServerProcess missing = ServerProcess.start(directory, "--config", "none.yaml")) {
            assertEquals(2, usage.exitCode());
            assertEquals("", usage.out());
            assertEquals(0, version.exitCode());
            assertTrue(version.out().matches("(?s)gemproxy \\d+\\.\\d+\\.\\d+.*"), version.out());
            assertEquals(0, help.exitCode());
            assertTrue(help.out().contains("--config"), help.out());
            assertEquals(0, check.exitCode());
            assertEquals(4, missing.exitCode());
            assertTrue(missing.err().contains("none.yaml"), () -> text(missing));
        }
        try (var left = Files.list(directory)) {
            assertEquals(List.of("proxy.yaml"), left.map(p -> p.getFileName().toString()).toList());
        }
    }

    @Test
    void tlsIsTheDefaultWithACertificateOfItsOwn() throws Exception {
        try (ServerProcess server = ServerProcess.serving(directory, yaml(true))) {
            int port = server.proxyPort();
            Path key = directory.resolve("certs/key.pem");
            assertEquals(
                    "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
            X509Certificate certificate;
            try (var pem = Files.newInputStream(directory.resolve("certs/cert.pem"))) {
                certificate =
                        (X509Certificate)
                                CertificateFactory.getInstance("X.509").generateCertificate(pem);
            }
            try (Wire wire = Wire.overTls(port, certificate)) {
                Wire.Reply reply = asked(wire, FLASH + ":generateContent");
                assertEquals(200, reply.status(), reply::text);
            }
            try (Wire plain = Wire.to(port)) {
                plain.send("GET", "/health", List.of(), new byte[0]);
                assertEquals(0, plain.read().status());
            }
            assertEquals(
                    "rw-r-----",
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(directory.resolve("logs/audit.log"))));
            server.terminate();
            assertEquals(0, server.exitCode());
            assertFalse(server.out().contains(keyOf("alpha")));
        }
    }

    @Test
    void onTermRunningStreamsFinishAndCompleteAnswersSayClose() throws Exception {
        var rules = simulator.script("model gemini-2.5-flash: always events 3 and gate finishing");
        var gate = simulator.stream("finishing");
        try (ServerProcess server = ServerProcess.serving(directory, yaml(false));
                Wire stream = Wire.to(server.proxyPort());
                Wire idle = Wire.to(server.proxyPort())) {
            assertEquals(
                    200, asked(idle, "/v1beta/models/gemini-2.5-pro:generateContent").status());
            begin(stream, gate);
            server.terminate();
            awaitUnready(server);
            Wire.Reply last = asked(idle, "/v1beta/models/gemini-2.5-pro:generateContent");
            assertEquals(200, last.status());
            assertEquals("close", last.field("connection").orElse("none"));
            assertEquals(-1, idle.next());
            assertTrue(server.alive());
            gate.open();
            int chunks = 1;
            while (stream.chunk().length > 0) {
                chunks++;
            }
            assertEquals(3, chunks);
            assertEquals(-1, stream.next());
            assertEquals(0, server.exitCode());
            String audit = Files.readString(directory.resolve("logs/audit.log"));
            assertTrue(audit.lines().toList().getFirst().contains("ServerStarted"), audit);
            assertTrue(audit.lines().toList().getLast().contains("ServerStopped"), audit);
            assertEquals(5, audit.lines().count(), audit);
        } finally {
            simulator.forget(rules);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSecondTermOrTheEndOfTheGraceCutsWhatStillRuns(boolean second) throws Exception {
        String name = "held-" + second;
        var rules = simulator.script("model gemini-2.5-flash: always events 3 and gate " + name);
        String grace = "server.shutdown_grace_seconds=" + (second ? 60 : 1);
        try (ServerProcess server = ServerProcess.serving(directory, yaml(false), "--set", grace);
                Wire stream = Wire.to(server.proxyPort())) {
            begin(stream, simulator.stream(name));
            server.terminate();
            awaitUnready(server);
            if (second) {
                server.terminate();
            }
            assertTrue(isCut(stream));
            assertEquals(0, server.exitCode());
            String audit = Files.readString(directory.resolve("logs/audit.log"));
            assertEquals(1, audit.lines().filter(line -> line.contains("ApiCall")).count(), audit);
            assertTrue(audit.lines().toList().getLast().contains("ServerStopped"), audit);
        } finally {
            simulator.forget(rules);
        }
    }

    private static void begin(Wire stream, io.gemproxy.simulator.faults.Gate gate)
            throws IOException {
        send(stream, SSE);
        gate.release();
        assertEquals(200, stream.head().status());
        assertTrue(stream.chunk().length > 0);
    }

    /** Whether the stream breaks off rather than ends. */
    private static boolean isCut(Wire stream) {
        try {
            while (stream.chunk().length > 0) {}
            return false;
        } catch (java.net.SocketTimeoutException hanging) {
            return false;
        } catch (IOException cut) {
            return true;
        }
    }

    private static void awaitUnready(ServerProcess server) throws Exception {
        int port = server.adminPort();
        ServerFixture.await(() -> ready(port) == 503, Duration.ofSeconds(2), "unready");
    }

    private static int ready(int port) {
        try (Wire admin = Wire.to(port)) {
            admin.send("GET", "/health/ready", List.of(), new byte[0]);
            return admin.read().status();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Wire.Reply asked(Wire wire, String target) throws IOException {
        send(wire, target);
        return wire.read();
    }

    private static void send(Wire wire, String target) throws IOException {
        wire.send(
                "POST",
                target,
                List.of("x-goog-api-key: " + ServerFixture.token("tester")),
                ProxyFailoverIT.HELLO.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ServerProcess server) {
        try {
            return server.err() + server.out();
        } catch (Exception failed) {
            return failed.toString();
        }
    }
}
