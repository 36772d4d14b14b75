package io.gemproxy.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.listener.RedirectConfig;
import io.gemproxy.server.listener.ServerConfig;
import io.gemproxy.server.listener.certificates.SelfSignedCertificate;
import io.gemproxy.server.listener.certificates.TlsConfig;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS of the proxy port besides its own pair. */
final class TlsSettingsTest {
    @TempDir private Path directory;

    @ParameterizedTest
    @CsvSource({
        "'{}', false, false",
        "'{acme: {enabled: true, domains: [a.example]}}', true, false",
        "'{acme: {enabled: true, domains: [a.example], challenge: tls-alpn-01}}', false, false",
        "'{acme: {enabled: true, domains: [a.example]}, http_redirect: {enabled: false}}', false,"
                + " true",
        "'{http_redirect: {enabled: true}}', true, true",
        "'{enabled: false, http_redirect: {enabled: true}}', false, true"
    })
    void thePlainPortOpensWhereItIsAskedForOrNeeded(String tls, boolean enabled, boolean asked) {
        RedirectConfig redirect = server("server: {host: 127.0.0.1, tls: " + tls + "}").redirect();

        assertEquals(new RedirectConfig(enabled, asked, "127.0.0.1", 80), redirect);
    }

    @Test
    void thePlainPortMayHaveAnAddressOfItsOwn() {
        RedirectConfig redirect =
                server("server: {tls: {http_redirect: {enabled: true, host: '::1', port: 8080}}}")
                        .redirect();

        assertEquals(new RedirectConfig(true, true, "::1", 8080), redirect);
    }

    @Test
    void hstsIsOffUntilItIsTurnedOn() {
        assertEquals(false, server("server: {port: 1}").hsts().enabled());

        var told = server("server: {tls: {hsts: {enabled: true, max_age_seconds: 60}}}").hsts();
        assertEquals(true, told.enabled());
        assertEquals(Duration.ofSeconds(60), told.maxAge());
        assertEquals(false, told.includeSubdomains());
    }

    @Test
    void whatIsWrongWithFurtherCertificatesIsSaidAtItsPlace() {
        ConfigResult.InvalidConfig invalid =
                assertInstanceOf(
                        ConfigResult.InvalidConfig.class,
                        Loads.in(
                                directory,
                                """
                                server:
                                  tls:
                                    certificates:
                                      - cert_path: a.pem
                                        key_path: a.key
                                      - key_path: b.key
                                      - {}
                                """,
                                Map.of()));

        assertEquals(
                List.of(
                        "GPX1029 server.tls.certificates[0].cert_path 4",
                        "GPX1029 server.tls.certificates[0].key_path 5",
                        "GPX1007 server.tls.certificates[1].cert_path 6",
                        "GPX1007 server.tls.certificates[2].cert_path 7",
                        "GPX1007 server.tls.certificates[2].key_path 7"),
                invalid.findings().stream()
                        .filter(it -> it.key().startsWith("server.tls"))
                        .map(it -> it.rule().code() + " " + it.key() + " " + it.place().line())
                        .toList());
    }

    @Test
    void furtherCertificatesAreReadInTheirOrder() {
        ConfigResult loaded =
                Loads.in(
                        directory,
                        """
                        server:
                          tls:
                            enabled: false
                            certificates:
                              - {cert_path: a.pem, key_path: a.key}
                              - {key_path: b.key, cert_path: b.pem}
                        """,
                        Map.of(),
                        "server.host=127.0.0.1");

        List<TlsConfig.Files> files = Loads.sound(loaded).server().tls().others();
        assertEquals(
                List.of(
                        new TlsConfig.Files(directory.resolve("a.pem"), directory.resolve("a.key")),
                        new TlsConfig.Files(
                                directory.resolve("b.pem"), directory.resolve("b.key"))),
                files);
        assertTrue(!Loads.sound(loaded).server().redirect().enabled());
    }

    @ParameterizedTest
    @CsvSource({"6, 3, false", "6, 5, true", "90, 75, false", "90, 77, true"})
    void aCertificateIsNearItsEndByItsWholeLife(long life, long gone, boolean soon)
            throws Exception {
        Instant made = Instant.parse("2026-11-21T00:00:00Z").minus(Duration.ofDays(gone));
        SelfSignedCertificate.create(
                        List.of("a.example"), Duration.ofDays(life), () -> made, new SecureRandom())
                .write(directory.resolve("a.pem"), directory.resolve("a.key"), false);

        ConfigResult.LoadedConfig loaded =
                assertInstanceOf(
                        ConfigResult.LoadedConfig.class,
                        Loads.in(
                                directory,
                                "server: {tls: {cert_path: a.pem, key_path: a.key}}",
                                Map.of()));

        assertEquals(
                soon,
                loaded.findings().stream()
                        .anyMatch(it -> it.rule() == Rule.CERTIFICATE_EXPIRES_SOON));
    }

    private ServerConfig server(String yaml) {
        return Loads.sound(Loads.in(directory, yaml, Map.of())).server();
    }
}
