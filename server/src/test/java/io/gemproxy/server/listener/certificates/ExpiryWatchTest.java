package io.gemproxy.server.listener.certificates;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.server.listener.certificates.ExpiryAlert.Stage;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A certificate that is not renewed is told of at half and a quarter of its life, and at its end.
 */
final class ExpiryWatchTest {
    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");

    @TempDir private Path dir;

    private final List<Stage> told = new ArrayList<>();
    private Instant now = BEGIN;
    private final ExpiryWatch watch = new ExpiryWatch(() -> now, alert -> told.add(alert.stage()));

    @Test
    void eachStageOfNinetyDaysIsToldOnce() throws Exception {
        ServerCertificates served = served(Duration.ofDays(90));

        at(served, Duration.ofDays(44), List.of());
        at(served, Duration.ofDays(46), List.of(Stage.HALF));
        at(served, Duration.ofDays(60), List.of(Stage.HALF));
        at(served, Duration.ofDays(68), List.of(Stage.HALF, Stage.QUARTER));
        at(served, Duration.ofDays(88), List.of(Stage.HALF, Stage.QUARTER));
        at(
                served,
                Duration.ofDays(89).plusHours(1),
                List.of(Stage.HALF, Stage.QUARTER, Stage.LAST_DAY));
        at(
                served,
                Duration.ofDays(91),
                List.of(Stage.HALF, Stage.QUARTER, Stage.LAST_DAY, Stage.EXPIRED));
        at(
                served,
                Duration.ofDays(99),
                List.of(Stage.HALF, Stage.QUARTER, Stage.LAST_DAY, Stage.EXPIRED));
    }

    @Test
    void theLastStageOfSixDaysIsAnEighthOfThem() throws Exception {
        ServerCertificates served = served(Duration.ofDays(6));

        at(served, Duration.ofDays(4), List.of(Stage.HALF));
        at(served, Duration.ofDays(5), List.of(Stage.HALF, Stage.QUARTER));
        at(
                served,
                Duration.ofDays(5).plusHours(7),
                List.of(Stage.HALF, Stage.QUARTER, Stage.LAST_DAY));
    }

    @Test
    void aRenewedOneBeginsAnew() throws Exception {
        ServerCertificates served = served(Duration.ofDays(8));
        at(served, Duration.ofDays(5), List.of(Stage.HALF));

        SelfSignedCertificate.create(
                        List.of("localhost"), Duration.ofDays(8), () -> now, new SecureRandom())
                .write(dir.resolve("c.pem"), dir.resolve("k.pem"), true);
        served.reload();

        at(served, Duration.ofDays(8), List.of(Stage.HALF));
        at(served, Duration.ofDays(10), List.of(Stage.HALF, Stage.HALF));
    }

    @Test
    void twoPortsWithOneCertificateTellOnce() throws Exception {
        ServerCertificates one = served(Duration.ofDays(8));
        ServerCertificates two = open();
        now = BEGIN.plus(Duration.ofDays(5));

        watch.look(List.of(one, two));

        assertEquals(List.of(Stage.HALF), told);
    }

    private void at(ServerCertificates served, Duration age, List<Stage> expected) {
        now = BEGIN.plus(age);
        watch.look(List.of(served));
        watch.look(List.of(served));
        assertEquals(expected, told, age.toString());
    }

    private ServerCertificates served(Duration life) throws Exception {
        SelfSignedCertificate.create(List.of("localhost"), life, () -> BEGIN, new SecureRandom())
                .write(dir.resolve("c.pem"), dir.resolve("k.pem"), true);
        return open();
    }

    private ServerCertificates open() throws Exception {
        return ServerCertificates.open(
                new TlsConfig(true, dir.resolve("c.pem"), dir.resolve("k.pem"), false, List.of()),
                () -> now,
                new SecureRandom());
    }
}
