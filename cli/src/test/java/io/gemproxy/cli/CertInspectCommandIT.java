package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.server.listener.certificates.ServerCertificates;
import io.gemproxy.server.listener.certificates.TlsConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cert inspect} of files and of servers. */
final class CertInspectCommandIT {
    @TempDir private Path directory;

    @Test
    void showsTheCertificateOfAFile() throws IOException {
        var run = made("gw.lan", "10.0.0.5");
        var outcome = run.run("cert", "inspect", "certs/cert.pem");
        assertEquals(0, outcome.status(), outcome.err());
        assertEquals("valid", outcome.out().lines().findFirst().orElseThrow());
        for (String line :
                List.of(
                        "SUBJECT    CN=gw.lan",
                        "ISSUER     itself",
                        "HOSTS      gw.lan, 10.0.0.5",
                        "FROM       2026-11-21 09:00 UTC (1 h ago)",
                        "UNTIL      2027-11-21 10:00 UTC (in 365 d)",
                        "KEY        EC 256 bits",
                        "SIGNATURE  SHA256withECDSA")) {
            assertTrue(outcome.out().contains(line + "\n"), outcome.out());
        }
        assertFalse(outcome.out().contains("TRUSTED"), outcome.out());
        JsonNode own = json(run.run("cert", "inspect", "certs/cert.pem", "-o", "json"));
        JsonNode made = json(run.run("cert", "self-signed", "--force", "-o", "json"));
        assertTrue(own.path("valid").asBoolean());
        assertEquals(64 + 31, own.path("chain").path(0).path("sha256").asText().length());
        assertEquals(64 + 31, made.path("sha256").asText().length());
    }

    @Test
    void endsWith1OutsideItsLife() throws IOException {
        var run = made("gw.lan");
        var late = run.at(CliRun.NOW.plus(Duration.ofDays(366)));
        assertEquals("expired", firstLine(late.run("cert", "inspect", "certs/cert.pem"), 1));
        var early = run.at(CliRun.NOW.minus(Duration.ofDays(1)));
        assertEquals("not yet valid", firstLine(early.run("cert", "inspect", "certs/cert.pem"), 1));
    }

    @Test
    void showsWhatAServerPresentsAndWhetherItIsTrusted() throws Exception {
        var tls =
                new TlsConfig(
                        true,
                        directory.resolve("c.pem"),
                        directory.resolve("k.pem"),
                        false,
                        List.of());
        var certificates = ServerCertificates.open(tls, InstantSource.system(), new SecureRandom());
        try (ServerSocket server =
                certificates
                        .sslContext()
                        .getServerSocketFactory()
                        .createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread peer = Thread.ofVirtual().start(() -> greet(server));
            var outcome =
                    new CliRun(directory)
                            .at(InstantSource.system().instant())
                            .run(
                                    "cert",
                                    "inspect",
                                    "localhost:" + server.getLocalPort(),
                                    "--output",
                                    "json");
            peer.join();
            assertEquals(0, outcome.status(), outcome.err());
            JsonNode json = json(outcome);
            assertEquals("TLSv1.3", json.path("protocol").asText());
            assertFalse(json.path("trusted").asBoolean(true));
            assertEquals(
                    "nobody whom this Java trusts vouches for it", json.path("distrust").asText());
            assertEquals("CN=localhost", json.path("chain").path(0).path("subject").asText());
        }
    }

    @Test
    void saysWhatIsWrongWhereThereIsNothingToInspect() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        var run = new CliRun(directory);
        assertEquals(3, run.run("cert", "inspect", "127.0.0.1:" + free).status());
        assertEquals(5, run.run("cert", "inspect", "nowhere.pem").status());
        assertEquals(2, run.run("cert", "inspect", "localhost:99999").status());
        Files.writeString(directory.resolve("odd.pem"), "nothing");
        var odd = run.run("cert", "inspect", "odd.pem");
        assertEquals(5, odd.status());
        assertTrue(odd.err().contains("holds no certificate"), odd.err());
    }

    @Test
    void endsWith3WhereAServerSpeaksNoTls() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread peer = Thread.ofVirtual().start(() -> answerInPlain(server));
            var outcome =
                    new CliRun(directory)
                            .run("cert", "inspect", "127.0.0.1:" + server.getLocalPort());
            peer.join();
            assertEquals(3, outcome.status());
            assertTrue(outcome.err().contains("it speaks no TLS"), outcome.err());
        }
    }

    private CliRun made(String... hosts) {
        var run = new CliRun(directory);
        var words = new ArrayList<>(List.of("cert", "self-signed"));
        for (String host : hosts) {
            words.addAll(List.of("--host", host));
        }
        assertEquals(0, run.run(words.toArray(String[]::new)).status());
        return run;
    }

    private static String firstLine(CliRun.Outcome outcome, int status) {
        assertEquals(status, outcome.status(), outcome.err());
        return outcome.out().lines().findFirst().orElseThrow();
    }

    private static JsonNode json(CliRun.Outcome outcome) throws IOException {
        return new ObjectMapper().readTree(outcome.out());
    }

    private static void greet(ServerSocket server) {
        try (SSLSocket peer = (SSLSocket) server.accept()) {
            peer.startHandshake();
            peer.getInputStream().read();
        } catch (IOException gone) {
            // the client has seen enough
        }
    }

    private static void answerInPlain(ServerSocket server) {
        try (var peer = server.accept()) {
            peer.getInputStream().read(new byte[4096]);
            peer.getOutputStream()
                    .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException gone) {
            throw new AssertionError(gone);
        }
    }
}
