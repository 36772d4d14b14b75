package io.gemproxy.server.listener.certificates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificatesTest {
    @TempDir Path dir;

    private static SelfSignedCertificate make() {
        return SelfSignedCertificate.create(
                SelfSignedCertificate.defaultHosts("box"),
                Instant.now(),
                Duration.ofDays(30),
                new SecureRandom());
    }

    @Test
    void aSelfSignedCertificateNamesItsHostsAndItsKeyIsPrivate() throws Exception {
        Path cert = dir.resolve("sub/c.pem");
        Path key = dir.resolve("sub/k.pem");
        make().write(cert, key);
        X509Certificate own = PemFiles.read(cert, key).chain().getFirst();
        assertEquals(5, own.getSubjectAlternativeNames().size());
        assertEquals("EC", own.getPublicKey().getAlgorithm());
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
        try (var files = Files.list(dir.resolve("sub"))) {
            assertEquals(2, files.count());
        }
    }

    @Test
    void anExistingFileIsNeverOverwritten() throws Exception {
        Path key = dir.resolve("k.pem");
        Files.writeString(key, "mine");
        assertThrows(CertificateProblem.class, () -> make().write(dir.resolve("c.pem"), key));
        assertEquals("mine", Files.readString(key));
        assertFalse(Files.exists(dir.resolve("c.pem")));
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() throws Exception {
        make().write(dir.resolve("c1.pem"), dir.resolve("k1.pem"));
        make().write(dir.resolve("c2.pem"), dir.resolve("k2.pem"));
        CertificateProblem problem =
                assertThrows(
                        CertificateProblem.class,
                        () -> PemFiles.read(dir.resolve("c1.pem"), dir.resolve("k2.pem")));
        assertTrue(problem.toString().contains("k2.pem"), problem.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void traditionalKeysAreRead(String algorithm) throws Exception {
        var pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(pair.getPrivate());
        }
        assertTrue(text.toString().contains(algorithm + " PRIVATE KEY"));
        Path key = Files.writeString(dir.resolve("k.pem"), text.toString());
        assertEquals(pair.getPrivate(), PemFiles.key(key));
    }

    @Test
    void aFileWithoutPemIsNamed() throws Exception {
        Path file = Files.writeString(dir.resolve("junk.pem"), "nothing");
        for (var read :
                List.<org.junit.jupiter.api.function.Executable>of(
                        () -> PemFiles.key(file), () -> PemFiles.chain(file))) {
            CertificateProblem problem = assertThrows(CertificateProblem.class, read);
            assertTrue(problem.toString().contains("junk.pem"));
        }
    }
}
