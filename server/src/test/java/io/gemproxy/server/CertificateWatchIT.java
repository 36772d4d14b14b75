package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.server.listener.certificates.SelfSignedCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Certificate files change beneath a running server, well and badly. */
class CertificateWatchIT {
    private ServerFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = ServerFixture.with().tls().set("reload.watch=true").start();
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    /** As certbot does: what the configuration names is a link, and is led to another pair. */
    @Test
    void linksThatLeadElsewhereAreFollowedEvenWhileTheConfigurationIsBroken() throws Exception {
        Files.writeString(fixture.directory.resolve("e2e.yaml"), "server: {port: none}");
        X509Certificate next = pair("two");
        lead("key.pem", "two.key");
        lead("cert.pem", "two.pem");

        served(next);
        await(() -> fixture.log().contains("the proxy port serves other certificates now"), "log");
        assertEquals(List.of("certificate.served"), actions("CertificateObtained"));
        assertEquals("", problem());
        assertEquals(1, count("served"), metrics());
    }

    @Test
    void aBadPairIsSaidEverywhereAndWhatWasServedStillIs() throws Exception {
        X509Certificate first = fixture.certificate();
        X509Certificate next = pair("two");
        lead("key.pem", "two.key");

        await(() -> !problem().isEmpty(), "the problem in /api/certificates");
        assertTrue(problem().contains("key.pem is not the key of the certificate in"), problem());
        assertEquals(first, shown(first));
        assertTrue(fixture.log().contains("what was served still is"), fixture.log());
        JsonNode failed = records("CertificateFailed").getFirst();
        assertEquals("certificate.refused", failed.path("action").asText());
        assertEquals("Failure", failed.path("result").asText());
        assertTrue(failed.path("reason").asText().contains("is not the key"), failed::toString);
        assertTrue(count("refused") >= 1, metrics());

        lead("cert.pem", "two.pem");
        served(next);
        await(() -> problem().isEmpty(), "the problem has gone");
        assertEquals(1, count("served"), metrics());
    }

    private void served(X509Certificate next) {
        await(
                () -> {
                    try {
                        return next.equals(shown(next));
                    } catch (IOException another) {
                        return false;
                    }
                },
                "the other certificate");
    }

    /** The certificate a client that trusts only this one gets an answer under. */
    private X509Certificate shown(X509Certificate trusted) throws IOException {
        try (Wire wire = Wire.overTls(fixture.server.proxyPort(), trusted)) {
            wire.send("GET", "/health", List.of(), new byte[0]);
            assertEquals(200, wire.read().status());
            return trusted;
        }
    }

    private X509Certificate pair(String name) throws IOException {
        SelfSignedCertificate made =
                SelfSignedCertificate.create(
                        List.of("127.0.0.1"),
                        Duration.ofDays(30),
                        InstantSource.system(),
                        new SecureRandom());
        made.write(
                fixture.directory.resolve(name + ".pem"),
                fixture.directory.resolve(name + ".key"),
                false);
        return made.certificate();
    }

    private void lead(String link, String target) throws IOException {
        Path draft = fixture.directory.resolve(link + ".new");
        Files.createSymbolicLink(draft, Path.of(target));
        Files.move(draft, fixture.directory.resolve(link), StandardCopyOption.ATOMIC_MOVE);
    }

    private String problem() {
        try {
            JsonNode all = ServerFixture.json(fixture.act("GET /api/certificates", ""));
            JsonNode problem = all.path("certificates").path(0).path("problem");
            return problem.isNull() ? "" : problem.asText();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private List<String> actions(String type) throws Exception {
        return records(type).stream().map(it -> it.path("action").asText()).toList();
    }

    private List<JsonNode> records(String type) throws Exception {
        return fixture.audit().stream()
                .filter(it -> it.path("event_type").asText().equals(type))
                .toList();
    }

    private String metrics() throws IOException {
        return fixture.admin("/metrics").text();
    }

    private int count(String result) throws IOException {
        return metrics()
                .lines()
                .filter(line -> line.startsWith("gemini_proxy_certificate_reloads_total"))
                .filter(line -> line.contains("result=\"" + result + "\""))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    private static void await(java.util.function.BooleanSupplier condition, String what) {
        ServerFixture.await(condition, Duration.ofSeconds(20), what);
    }
}
