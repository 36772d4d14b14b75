package io.gemproxy.server.listener.certificates.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.listener.certificates.PemFiles;
import io.gemproxy.server.listener.certificates.acme.AcmeConfig.KeyAlgorithm;
import io.gemproxy.server.listener.certificates.acme.Authority.Issued;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificate and key are replaced as a pair. */
final class CertificateFilesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    @TempDir Path directory;
    private final TestIssuer issuer = new TestIssuer("Test");
    private CertificateFiles files;
    private Path certificate;
    private Path key;
    private Path pending;

    @BeforeEach
    void open() {
        certificate = directory.resolve("certs/cert.pem");
        key = directory.resolve("certs/key.pem");
        pending = directory.resolve("acme/pending.pem");
        files = new CertificateFiles(certificate, key, directory.resolve("acme"));
    }

    private Issued issued() {
        KeyPair pair = KeyAlgorithm.P256.generate(new SecureRandom());
        return new Issued(
                List.of(
                        issuer.issue(
                                List.of("a.example"),
                                pair.getPublic(),
                                NOW,
                                NOW.plus(Duration.ofDays(90))),
                        issuer.certificate()),
                pair.getPrivate());
    }

    @Test
    void bothAreThereAndNothingIsLeftOver() throws Exception {
        assertTrue(files.leaf().isEmpty());
        Issued issued = issued();
        files.store(issued);
        assertEquals(issued.chain(), PemFiles.certificates(certificate));
        assertEquals(issued.key(), PemFiles.privateKey(key));
        assertEquals(issued.leaf(), files.leaf().orElseThrow());
        assertEquals("rw-------", mode(key));
        assertEquals("rw-r--r--", mode(certificate));
        assertEquals("rwx------", mode(directory.resolve("acme")));
        assertFalse(Files.exists(pending));
        files.recover();
        assertEquals(issued.leaf(), files.leaf().orElseThrow());
    }

    @Test
    void whatACrashInterruptedIsEnded() throws Exception {
        files.store(issued());
        Issued next = issued();
        // as after a crash with the key in place and the certificate not yet
        PrivateFile.write(
                pending, Pem.key(next.key()) + Pem.chain(next.chain()), PrivateFile.OWNER);
        PrivateFile.replace(key, Pem.key(next.key()), PrivateFile.OWNER);

        files.recover();
        assertEquals(next.chain(), PemFiles.certificates(certificate));
        assertEquals(next.key(), PemFiles.privateKey(key));
        assertFalse(Files.exists(pending));
    }

    @Test
    void aKeyIsNotWrittenThroughAPlantedLink() throws Exception {
        Path victim = Files.writeString(directory.resolve("victim"), "untouched");
        Files.createDirectories(key.getParent());
        Files.createSymbolicLink(key, victim);
        Files.createSymbolicLink(key.resolveSibling(".key.pem.new"), victim);
        files.store(issued());
        assertEquals("untouched", Files.readString(victim));
        assertFalse(Files.isSymbolicLink(key));
    }

    private static String mode(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
