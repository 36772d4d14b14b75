package io.gemproxy.server.listener.certificates.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.listener.certificates.PemFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders from a real ACME server. */
final class PebbleIT {
    @TempDir Path directory;

    @Test
    void issuesByHttp01AndRenewsWithTheSameAccount() throws Exception {
        try (AcmeBench bench = new AcmeBench(directory);
                Pebble pebble = bench.pebble()) {
            Renewal renewal = bench.renewal(bench.config(pebble, "one.example", "two.example"));
            renewal.step(false);
            assertEquals(List.of(), bench.failed);
            X509Certificate first = PemFiles.certificates(bench.certificate()).getFirst();
            assertTrue(CertificateCheck.covers(first, List.of("one.example", "two.example")));
            assertEquals("EC", PemFiles.privateKey(bench.key()).getAlgorithm());
            assertEquals("rw-------", mode(bench.key()));
            assertEquals("rwx------", mode(directory.resolve("state")));
            assertEquals(1, bench.obtained.size());

            Instant next = renewal.step(false);
            assertTrue(next.isAfter(bench.clock().instant()), "nothing is due");
            assertEquals(1, bench.obtained.size());

            bench.advance(Duration.ofDays(62));
            renewal.step(false);
            assertEquals(List.of(), bench.failed);
            X509Certificate second = PemFiles.certificates(bench.certificate()).getFirst();
            assertNotEquals(first.getSerialNumber(), second.getSerialNumber());
            assertNotEquals(first.getPublicKey(), second.getPublicKey());
            assertEquals(1, pebble.count("There are now 1 accounts"));
            assertEquals(0, pebble.count("There are now 2 accounts"));
        }
    }

    private static String mode(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
