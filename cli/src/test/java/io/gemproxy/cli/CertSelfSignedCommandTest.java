package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CertSelfSignedCommandTest {
    @TempDir private Path directory;

    @Test
    void writesACertificateThatIsItsOwnRoot() throws Exception {
        var outcome =
                new CliRun(directory)
                        .run(
                                "cert",
                                "self-signed",
                                "--host",
                                "gw.lan",
                                "--host",
                                "10.0.0.5",
                                "--out",
                                "tls",
                                "--days",
                                "90");
        assertEquals(0, outcome.status(), outcome.err());
        X509Certificate made = read(directory.resolve("tls/cert.pem"));
        var validation = new PKIXParameters(Set.of(new TrustAnchor(made, null)));
        validation.setRevocationEnabled(false);
        validation.setDate(Date.from(CliRun.NOW));
        var path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(made));
        assertDoesNotThrow(() -> CertPathValidator.getInstance("PKIX").validate(path, validation));
        assertEquals(Date.from(CliRun.NOW.plus(Duration.ofDays(90))), made.getNotAfter());
        assertEquals("rw-------", mode("tls/key.pem"));
        assertEquals("rw-r--r--", mode("tls/cert.pem"));
        assertTrue(outcome.out().contains("Hosts   gw.lan, 10.0.0.5\nUntil   2027-02-19"));
    }

    @Test
    void hasTheNamesOfThisMachineByDefault() throws Exception {
        var outcome = new CliRun(directory).run("cert", "self-signed", "--output", "json");
        assertEquals(0, outcome.status(), outcome.err());
        var json = new ObjectMapper().readTree(outcome.out());
        assertEquals("certs/cert.pem", json.path("certificate_file").asText());
        assertEquals("certs/key.pem", json.path("key_file").asText());
        assertEquals("2027-11-21T10:00:00Z", json.path("expires_at").asText());
        String names = read(directory.resolve("certs/cert.pem")).getSubjectAlternativeNames() + "";
        for (String name : List.of("localhost", "gemini-proxy", "127.0.0.1", "0:0:0:0:0:0:0:1")) {
            assertTrue(names.contains(", " + name + "]"), names);
        }
    }

    @Test
    void overwritesOnlyWhenForced() throws Exception {
        var run = new CliRun(directory);
        assertEquals(0, run.run("cert", "self-signed").status());
        var first = read(directory.resolve("certs/cert.pem"));
        var refused = run.run("cert", "self-signed");
        assertEquals(5, refused.status());
        assertTrue(refused.err().contains("is there already; --force replaces it"));
        assertEquals(first, read(directory.resolve("certs/cert.pem")));
        assertEquals(0, run.run("cert", "self-signed", "--force").status());
        assertNotEquals(first, read(directory.resolve("certs/cert.pem")));
    }

    @Test
    void refusesWhatIsNoHostOrNoLife() {
        var run = new CliRun(directory);
        assertEquals(2, run.run("cert", "self-signed", "--host", "https://x").status());
        assertEquals(2, run.run("cert", "self-signed", "--days", "0").status());
        assertEquals(2, run.run("cert", "self-signed", "--days", "soon").status());
    }

    private String mode(String file) throws IOException {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve(file)));
    }

    private static X509Certificate read(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }
}
