package io.gemproxy.server.listener.certificates;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SelfSignedCertificateTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir private Path dir;

    @Test
    void namesAndAddressesBecomeAlternativeNamesAndTheFirstTheCommonName() throws Exception {
        X509Certificate made = make("gw.lan", "*.gw.lan", "10.0.0.5", "::1").certificate();
        assertEquals("CN=gw.lan", made.getSubjectX500Principal().getName());
        assertEquals(
                List.of(
                        List.of(2, "gw.lan"),
                        List.of(2, "*.gw.lan"),
                        List.of(7, "10.0.0.5"),
                        List.of(7, "0:0:0:0:0:0:0:1")),
                List.copyOf(made.getSubjectAlternativeNames()));
    }

    @Test
    void itSignsItselfWithACurveEveryClientKnowsAndIsNoAuthority() throws Exception {
        X509Certificate made = make("localhost").certificate();
        assertDoesNotThrow(() -> made.verify(made.getPublicKey()));
        assertEquals(256, ((ECPublicKey) made.getPublicKey()).getParams().getOrder().bitLength());
        assertEquals(-1, made.getBasicConstraints());
        assertEquals(List.of("1.3.6.1.5.5.7.3.1"), made.getExtendedKeyUsage());
        assertEquals(1, made.getSerialNumber().signum());
    }

    @Test
    void itLivesFromAnHourAgoForAsLongAsWasAsked() {
        X509Certificate made = make("localhost").certificate();
        assertEquals(Date.from(NOW.minus(Duration.ofHours(1))), made.getNotBefore());
        assertEquals(Date.from(NOW.plus(Duration.ofDays(30))), made.getNotAfter());
    }

    @Test
    void aHostGivenTwiceStandsOnce() throws Exception {
        assertEquals(1, make("a", "a").certificate().getSubjectAlternativeNames().size());
    }

    @Test
    void whatIsNoHostIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> make("no host"));
        assertThrows(IllegalArgumentException.class, () -> make("https://a.example"));
        assertThrows(IllegalArgumentException.class, () -> make("-a.example"));
        assertThrows(IllegalArgumentException.class, SelfSignedCertificateTest::make);
    }

    @Test
    void theFilesAreWrittenWithTheirModesAndReadBack() throws Exception {
        Path cert = dir.resolve("new/cert.pem");
        Path key = dir.resolve("new/key.pem");
        SelfSignedCertificate made = make("localhost");
        made.write(cert, key, false);
        assertEquals("rwx------", mode(dir.resolve("new")));
        assertEquals("rw-------", mode(key));
        assertEquals("rw-r--r--", mode(cert));
        assertEquals(
                made.certificate(), ServedCertificate.load(cert, key, new SecureRandom()).leaf());
        assertEquals(2, count(dir.resolve("new")));
    }

    @Test
    void nothingIsOverwrittenUnlessForced() throws IOException {
        Path cert = dir.resolve("cert.pem");
        Path key = dir.resolve("key.pem");
        Files.writeString(cert, "mine");
        var refused =
                assertThrows(
                        FileAlreadyExistsException.class,
                        () -> make("localhost").write(cert, key, false));
        assertEquals(cert + ": is there already and is not overwritten", refused.getMessage());
        assertFalse(Files.exists(key));
        assertEquals("mine", Files.readString(cert));

        make("localhost").write(cert, key, true);
        assertEquals(1, PemFiles.certificates(cert).size());
    }

    private static SelfSignedCertificate make(String... hosts) {
        return SelfSignedCertificate.create(
                List.of(hosts), Duration.ofDays(30), InstantSource.fixed(NOW), new SecureRandom());
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static long count(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.count();
        }
    }
}
