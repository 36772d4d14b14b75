package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.listener.AdminListener;
import io.gemproxy.server.listener.certificates.SelfSignedCertificate;
import io.gemproxy.server.listener.certificates.ServerCertificates;
import io.gemproxy.server.listener.certificates.TlsConfig;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which admin port with TLS the commands believe: never one they cannot know. */
@Timeout(60)
final class AdminTlsIT {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final List<String> presented = new CopyOnWriteArrayList<>();

    @TempDir private Path directory;
    private AdminListener port;

    @BeforeEach
    void start() throws Exception {
        make("served", "localhost");
        port =
                AdminListener.start(
                        "127.0.0.1",
                        0,
                        Optional.of(
                                ServerCertificates.open(
                                                new TlsConfig(
                                                        true,
                                                        file("served"),
                                                        file("served-key"),
                                                        false,
                                                        List.of()),
                                                InstantSource.system(),
                                                RANDOM)
                                        .sslContext()),
                        HttpRouting.builder()
                                .get(
                                        "/api/status",
                                        (request, response) -> {
                                            presented.add(
                                                    request.headers()
                                                            .first(HeaderNames.AUTHORIZATION)
                                                            .orElse(""));
                                            response.header(
                                                    HeaderNames.CONTENT_TYPE, "application/json");
                                            response.send(CliRun.golden("admin-status.json"));
                                        }),
                        () -> new RequestId("ID"),
                        System::nanoTime);
    }

    @AfterEach
    void stop() {
        port.close();
    }

    @Test
    void theServersMachineKnowsItsOwnCertificateByWhateverName() throws Exception {
        var outcome = installed("served").run("status");
        assertEquals(CliRun.golden("status.txt"), outcome.out(), outcome.err());
        outcome = installed("served").run("status", "--server", "https://localhost:" + port.port());
        assertEquals(0, outcome.status(), outcome.err());
        assertEquals(2, presented.size());
    }

    @Test
    void anotherCertificateThanTheConfiguredOneGetsNoToken() throws Exception {
        make("other", "127.0.0.1");
        refused(installed("other"), "status");
    }

    @Test
    void aNamedAuthorityIsTrustedForItsNamesOnly() throws Exception {
        CliRun elsewhere = new CliRun(directory).variable("GEMPROXY_ADMIN_TOKEN", "given");
        String name = "https://localhost:" + port.port();
        refused(elsewhere, "status", "--server", name);
        assertEquals(0, elsewhere.run("status", "--server", name, "--ca", "served.pem").status());
        assertEquals(List.of("Bearer given"), presented);
        presented.clear();
        String address = "https://127.0.0.1:" + port.port();
        refused(elsewhere, "status", "--server", address, "--ca", "served.pem");
    }

    @Test
    void aNamedAuthorityReplacesAllOthers() throws Exception {
        make("other", "localhost");
        refused(installed("served"), "status", "--ca", "other.pem");
        var outcome = installed("served").run("status", "--ca", "nowhere.pem");
        assertEquals(5, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains("nowhere.pem"), outcome.err());
    }

    @Test
    void plainHttpToAPortWithTlsSaysThatItIsNotTheAdminPort() throws Exception {
        var outcome =
                installed("served").run("status", "--server", "http://127.0.0.1:" + port.port());
        assertTrue(outcome.status() == 1 || outcome.status() == 3, outcome.err());
        assertEquals(List.of(), presented);
    }

    private void refused(CliRun run, String... arguments) {
        var outcome = run.run(arguments);
        assertEquals(3, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains("its certificate is not trusted"), outcome.err());
        assertTrue(outcome.err().contains("--ca FILE"), outcome.err());
        assertEquals(List.of(), presented);
    }

    private CliRun installed(String certificate) throws Exception {
        return CliRun.installed(directory)
                .config(
                        """
                        auth:
                          jwt_secret: %s
                          rate_limit_per_minute: 60
                        admin:
                          port: %d
                          tls: {enabled: true, cert_path: %s, key_path: %s}
                        """
                                .formatted(
                                        CliRun.SECRET,
                                        port.port(),
                                        file(certificate),
                                        file(certificate + "-key")));
    }

    private void make(String name, String host) throws Exception {
        SelfSignedCertificate.create(
                        List.of(host), Duration.ofDays(30), InstantSource.system(), RANDOM)
                .write(file(name), file(name + "-key"), false);
    }

    private Path file(String name) {
        return directory.resolve(name + ".pem");
    }
}
