package io.gemproxy.server.listener.certificates.acme;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.exchange.Secret;
import io.gemproxy.server.listener.certificates.PemFiles;
import io.gemproxy.server.listener.certificates.acme.AcmeConfig.KeyAlgorithm;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders from a real ACME server. */
final class PebbleIT {
    @TempDir Path directory;

    @Test
    void issuesByHttp01AndRenewsWithTheSameAccount() throws Exception {
        try (AcmeBench bench = new AcmeBench(directory);
                Pebble pebble = bench.pebble()) {
            Renewal renewal = bench.renewal(bench.wish(pebble, "one.example", "two.example"));
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

    @Test
    void issuesAWildcardByDns01() throws Exception {
        try (AcmeBench bench = new AcmeBench(directory);
                Pebble pebble = bench.pebble()) {
            AcmeWish wish =
                    bench.wish(pebble, "*.one.example", "one.example")
                            .hook(hook(bench), Duration.ofSeconds(20))
                            .keyAlgorithm(KeyAlgorithm.RSA2048);
            bench.renewal(wish).step(false);
            assertEquals(List.of(), bench.failed);
            assertEquals("RSA", PemFiles.privateKey(bench.key()).getAlgorithm());
            try (Stream<Path> left = Files.list(directory.resolve("dns"))) {
                assertEquals(0, left.count(), "records are removed again");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 90})
    void issuesThoughMostNoncesAreRejected(int percent) throws Exception {
        try (AcmeBench bench = new AcmeBench(directory);
                Pebble pebble =
                        bench.pebble(
                                bench.looking()
                                        .with(
                                                "PEBBLE_WFE_NONCEREJECT",
                                                Integer.toString(percent)))) {
            bench.renewal(bench.wish(pebble, "one.example")).step(false);
            assertEquals(List.of(), bench.failed);
            assertEquals(1, bench.obtained.size());
        }
    }

    @Test
    void aChallengeThatFailsIsTriedAtMostFiveTimesAnHourAndTheOldCertificateStays()
            throws Exception {
        // Two, for pebble lets one order in a hundred pass by a proof of before, whatever it is
        // told.
        try (AcmeBench bench = new AcmeBench(directory);
                Pebble first = bench.pebble();
                Pebble pebble = bench.pebble()) {
            bench.renewal(bench.wish(first, "one.example")).step(false);
            byte[] before = Files.readAllBytes(bench.certificate());
            Renewal renewal = bench.renewal(bench.wish(pebble, "one.example"));
            bench.port80.close();
            for (int i = 0; i < 8; i++) {
                renewal.step(true);
            }
            assertEquals(5, bench.failed.size());
            assertTrue(
                    bench.failed.stream().allMatch(it -> it.kind() == AcmeFailure.Kind.VALIDATION));
            assertTrue(bench.failed.getFirst().said().contains("one.example by http-01"));
            assertTrue(renewal.heldUntil().isPresent());
            assertArrayEquals(before, Files.readAllBytes(bench.certificate()));
            bench.advance(Duration.ofMinutes(61));
            assertTrue(renewal.heldUntil().isEmpty());
        }
    }

    @Test
    void anExternalAccountIsBound() throws Exception {
        String hmac =
                Emissions.OF_THIS_RUN.secret(
                        "eab key",
                        "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W");
        try (AcmeBench bench = new AcmeBench(directory);
                Pebble pebble =
                        bench.pebble(
                                bench.looking()
                                        .more(
                                                ", \"externalAccountBindingRequired\": true,"
                                                        + "\"externalAccountMACKeys\": {\"kid-1\": \""
                                                        + hmac
                                                        + "\"}"))) {
            bench.renewal(bench.wish(pebble, "one.example")).step(false);
            assertEquals(AcmeFailure.Kind.REFUSED, bench.failed.getFirst().kind());
            assertTrue(bench.failed.getFirst().said().contains("externalAccountRequired"));
            bench.renewal(bench.wish(pebble, "one.example").account("kid-1", Secret.of(hmac)))
                    .step(true);
            assertEquals(1, bench.obtained.size());
        }
    }

    @Test
    void anAuthorityThatIsDownIsTriedByTheScheduleAndARestartDoesNotResetIt() throws Exception {
        try (AcmeBench bench = new AcmeBench(directory);
                Pebble pebble = bench.pebble()) {
            AcmeWish nobody =
                    new AcmeWish(
                                    directory.resolve("state"),
                                    URI.create("https://127.0.0.1:" + Pebble.freePort() + "/dir"),
                                    "one.example")
                            .trusting(pebble.caFile());
            for (Duration pause :
                    List.of(
                            Duration.ofMinutes(1),
                            Duration.ofMinutes(10),
                            Duration.ofMinutes(100),
                            Duration.ofDays(1),
                            Duration.ofDays(1))) {
                int failures = bench.failed.size();
                bench.renewal(nobody).step(false);
                assertEquals(failures + 1, bench.failed.size());
                assertEquals(AcmeFailure.Kind.UNREACHABLE, bench.failed.getLast().kind());
                bench.advance(pause.minusSeconds(30));
                Instant next = bench.renewal(nobody).step(false);
                assertEquals(failures + 1, bench.failed.size(), "too early after a restart");
                assertTrue(next.isAfter(bench.clock().instant()));
                bench.advance(pause.dividedBy(10).plusSeconds(60));
            }
            bench.renewal(bench.wish(pebble, "one.example")).step(false);
            assertEquals(1, bench.obtained.size());
        }
    }

    /** Puts the record where the stub of a name server reads it. */
    static Path hook(AcmeBench bench) throws Exception {
        Path hook = bench.directory.resolve("hook");
        Files.writeString(
                hook,
                """
                #!/bin/sh
                set -eu
                case $1 in
                  present) printf %%s "$4" > '%1$s'/"$3" ;;
                  cleanup) rm '%1$s'/"$ACME_RECORD_NAME" ;;
                esac
                """
                        .formatted(bench.directory.resolve("dns")));
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwx------"));
        return hook;
    }

    private static String mode(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
