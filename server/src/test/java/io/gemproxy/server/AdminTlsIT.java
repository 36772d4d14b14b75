package io.gemproxy.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.authentication.TokenGrant;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.listener.certificates.PemFiles;
import io.gemproxy.server.listener.certificates.SelfSignedCertificate;
import io.gemproxy.server.reload.ReloadCause;
import io.gemproxy.server.reload.ReloadOutcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The admin port with TLS, its certificate beside or apart from the proxy port's. */
class AdminTlsIT {
    private static final SecureRandom RANDOM = new SecureRandom();

    @Test
    void speaksTlsWithTheProxyPortsCertificateAndSaysSo() throws Exception {
        try (ServerFixture fixture =
                ServerFixture.with().tls().set("admin.tls.enabled=true").start()) {
            X509Certificate shared = fixture.certificate();
            JsonNode status = ask(fixture, shared, "GET", "/api/status");
            JsonNode admin = status.path("listeners").path(1);
            assertEquals("admin", admin.path("name").asText());
            assertTrue(admin.path("tls").asBoolean());
            assertEquals("127.0.0.1:" + fixture.server.adminPort(), admin.path("address").asText());
            JsonNode all = ask(fixture, shared, "GET", "/api/certificates").path("certificates");
            assertEquals("proxy", all.path(0).path("listener").asText());
            assertEquals("admin", all.path(1).path("listener").asText());
            assertEquals(all.path(0).path("sha256"), all.path(1).path("sha256"));
            assertTrue(fixture.log().contains("admin on https://"), fixture.log());
        }
    }

    @Test
    void plainHttpIsNotAnswered() throws Exception {
        try (ServerFixture fixture = ServerFixture.with().set("admin.tls.enabled=true").start();
                Socket plain =
                        new Socket(InetAddress.getLoopbackAddress(), fixture.server.adminPort())) {
            plain.setSoTimeout(10_000);
            plain.getOutputStream()
                    .write("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
            String said = new String(plain.getInputStream().readAllBytes(), US_ASCII);
            Emissions.OF_THIS_RUN.emitted("what TLS says to plain HTTP", said);
            assertFalse(said.contains("HTTP"), said);
        }
    }

    @Test
    void aCertificateOfItsOwnIsReplacedWhileTheServerRuns() throws Exception {
        try (ServerFixture fixture =
                ServerFixture.with()
                        .set("admin.tls.enabled=true")
                        .set("admin.tls.cert_path=own.pem")
                        .set("admin.tls.key_path=own-key.pem")
                        .start()) {
            X509Certificate made = own(fixture);
            assertEquals(1, certificates(fixture, made).size());
            replace(fixture);
            ReloadOutcome.Applied applied =
                    assertInstanceOf(ReloadOutcome.Applied.class, reload(fixture));
            assertEquals(List.of("admin.tls.cert_path"), applied.changed());
            assertThrows(IOException.class, () -> certificates(fixture, made));
            X509Certificate next = own(fixture);
            assertEquals(1, certificates(fixture, next).size());
            replace(fixture);
            assertTrue(
                    ask(fixture, next, "POST", "/api/certificates/renew")
                            .path("changed")
                            .asBoolean());
            assertEquals(1, certificates(fixture, own(fixture)).size());
        }
    }

    @Test
    void aKeyThatDoesNotFitIsRefusedAndTheOldPairGoesOn() throws Exception {
        try (ServerFixture fixture =
                ServerFixture.with()
                        .set("admin.tls.enabled=true")
                        .set("admin.tls.cert_path=own.pem")
                        .set("admin.tls.key_path=own-key.pem")
                        .start()) {
            X509Certificate made = own(fixture);
            fresh().write(fixture.directory.resolve("own.pem"), other(fixture), true);
            ReloadOutcome.Rejected rejected =
                    assertInstanceOf(ReloadOutcome.Rejected.class, reload(fixture));
            assertEquals("admin.tls", rejected.findings().getFirst().key());
            assertEquals(1, certificates(fixture, made).size());
        }
    }

    private static JsonNode certificates(ServerFixture fixture, X509Certificate trusted)
            throws IOException {
        JsonNode all = ask(fixture, trusted, "GET", "/api/certificates").path("certificates");
        assertEquals("admin", all.path(0).path("listener").asText());
        return all;
    }

    private static ReloadOutcome reload(ServerFixture fixture) {
        return fixture.server
                .reloading()
                .reload(new ReloadCause(ReloadCause.Trigger.API, "a test", ""));
    }

    private static void replace(ServerFixture fixture) throws IOException {
        Path directory = fixture.directory;
        fresh().write(directory.resolve("own.pem"), directory.resolve("own-key.pem"), true);
    }

    private static SelfSignedCertificate fresh() {
        return SelfSignedCertificate.create(
                List.of("127.0.0.1"), Duration.ofDays(30), InstantSource.system(), RANDOM);
    }

    private static X509Certificate own(ServerFixture fixture) throws IOException {
        return PemFiles.certificates(fixture.directory.resolve("own.pem")).getFirst();
    }

    private static Path other(ServerFixture fixture) {
        return fixture.directory.resolve("another-key.pem");
    }

    private static JsonNode ask(
            ServerFixture fixture, X509Certificate trusted, String method, String path)
            throws IOException {
        String token =
                ServerFixture.token(TokenGrant.of("operator", Duration.ofHours(1), Role.ADMIN));
        try (Wire wire = Wire.overTls(fixture.server.adminPort(), trusted)) {
            wire.send(method, path, List.of("Authorization: Bearer " + token), new byte[0]);
            Wire.Reply reply = wire.read();
            assertEquals(200, reply.status());
            return new ObjectMapper().readTree(reply.body());
        }
    }
}
