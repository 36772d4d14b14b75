package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.listener.certificates.PemFiles;
import io.gemproxy.server.listener.certificates.acme.DnsStub;
import io.gemproxy.server.listener.certificates.acme.Pebble;
import io.gemproxy.server.listener.certificates.acme.ShiftedPebble;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

/**
 * Ninety days of certificates of six days: the real process under a wall clock that a file moves,
 * and a real authority, which fails for a day now and then.
 */
final class NinetyDaysIT {
    private static final Duration ALL = Duration.ofDays(90);
    private static final Duration LIFE = Duration.ofDays(6);
    private static final Duration OUTAGE = Duration.ofHours(24);
    private static final Set<Integer> FAILING = Set.of(4, 13, 22);
    private static final Pattern NEXT =
            Pattern.compile("acme: .*?(is renewed by|next attempt) ([0-9TZ:.-]+Z)");

    @TempDir Path directory;
    private Duration ahead = Duration.ZERO;

    @Test
    void neverLessThanADayIsLeft() throws Exception {
        Path faketime = library();
        Path records = Files.createDirectories(directory.resolve("dns"));
        Path clock = Files.writeString(directory.resolve("clock"), "+0");
        try (DnsStub dns = DnsStub.start(records);
                Pebble pebble =
                        Pebble.start(
                                directory.resolve("pebble"),
                                dns,
                                new Pebble.Wish(
                                        Pebble.freePort(),
                                        Pebble.freePort(),
                                        LIFE,
                                        Map.of("PEBBLE_AUTHZREUSE", "100"),
                                        ""));
                ShiftedPebble authority = ShiftedPebble.before(pebble, directory);
                ServerProcess server = start(authority, records, faketime, clock)) {
            Instant begin = Instant.now();
            Instant end = begin.plus(ALL);
            int renewals = 0;
            Instant outageEnds = begin;
            Said said = next(server, 0);
            while (said.moment().isBefore(end)) {
                assertLeft(said.moment());
                if (said.obtained() && FAILING.contains(renewals)) {
                    outageEnds = said.moment().plus(OUTAGE);
                }
                authority.down(said.moment().isBefore(outageEnds));
                ahead = Duration.between(Instant.now(), said.moment()).plusSeconds(2);
                authority.ahead(ahead);
                Files.writeString(clock, "+" + ahead.toSeconds());
                said = next(server, said.end());
                renewals += said.obtained() ? 1 : 0;
            }
            assertTrue(renewals >= 27, renewals + " renewals");
            assertFalse(authority.errors().isEmpty());
            assertAtMostFiveAnHour(authority.errors());
            try (Wire wire = Wire.overTls("proxy.example.com", server.proxyPort(), leaf())) {
                wire.send("GET", "/health", List.of(), new byte[0]);
                assertNotNull(wire.read());
            }
            server.terminate();
            assertEquals(0, server.exitCode(), server.err());
        }
    }

    private ServerProcess start(ShiftedPebble authority, Path records, Path faketime, Path clock)
            throws Exception {
        Path hook = Files.writeString(directory.resolve("hook"), script(records));
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwx------"));
        Path config = directory.resolve("proxy.yaml");
        Files.writeString(
                Emissions.OF_THIS_RUN.given(config),
                """
                server:
                  host: 127.0.0.1
                  port: 0
                  tls:
                    cert_path: cert.pem
                    key_path: key.pem
                    acme:
                      enabled: true
                      domains: [proxy.example.com]
                      directory_url: %s
                      ca_file: %s
                      challenge: dns-01
                      dns_hook: %s
                gemini:
                  base_url: http://127.0.0.1:1
                  api_keys: [{id: a, key: %s}]
                auth: {jwt_secret: %s, rate_limit_per_minute: 60}
                admin: {port: 0}
                """
                        .formatted(
                                authority.directory(),
                                authority.caFile(),
                                hook,
                                ServerFixture.keyOf("alpha"),
                                ServerFixture.SECRET));
        return ServerProcess.start(
                directory,
                Map.of(
                        "LD_PRELOAD",
                        faketime.toString(),
                        "FAKETIME_TIMESTAMP_FILE",
                        clock.toString(),
                        "FAKETIME_NO_CACHE",
                        "1",
                        "FAKETIME_DONT_FAKE_MONOTONIC",
                        "1",
                        // else every wait of the Java machine ends at once, and begins again
                        "FAKETIME_FORCE_MONOTONIC_FIX",
                        "0"),
                "--config=proxy.yaml");
    }

    private static String script(Path records) {
        return """
        #!/bin/sh
        set -eu
        case $1 in
          present) printf %%s "$4" > '%1$s'/"$3" ;;
          cleanup) rm '%1$s'/"$3" ;;
        esac
        """
                .formatted(records);
    }

    private static Path library() throws Exception {
        Optional<Path> found;
        try (Stream<Path> files =
                Files.exists(Path.of("/usr/lib"))
                        ? Files.find(
                                Path.of("/usr/lib"),
                                4,
                                (path, _) -> path.endsWith("faketime/libfaketimeMT.so.1"))
                        : Stream.empty()) {
            found = files.findFirst();
        }
        if (found.isEmpty()) {
            System.out.println("skipped: there is no libfaketime (Debian's package faketime)");
        }
        assumeTrue(found.isPresent(), "no libfaketime");
        return found.get();
    }

    private X509Certificate leaf() throws Exception {
        return PemFiles.certificates(directory.resolve("cert.pem")).getFirst();
    }

    private void assertLeft(Instant moment) throws Exception {
        Instant end = leaf().getNotAfter().toInstant();
        Duration left = Duration.between(moment, end);
        assertTrue(left.compareTo(Duration.ofDays(1)) >= 0, "left at " + moment + ": " + left);
    }

    private static void assertAtMostFiveAnHour(List<Instant> errors) {
        for (Instant one : errors) {
            long near =
                    errors.stream()
                            .filter(it -> !it.isBefore(one))
                            .filter(it -> it.isBefore(one.plus(Duration.ofHours(1))))
                            .count();
            assertTrue(near <= 5, near + " errors in the hour from " + one);
        }
    }

    /**
     * What the server said last about its certificate.
     *
     * @param obtained whether there is a new one
     * @param moment when it will do something
     * @param end of the line in all it said
     */
    private record Said(boolean obtained, Instant moment, int end) {}

    private static Said next(ServerProcess server, int from) throws Exception {
        Instant deadline = Instant.now().plusSeconds(60);
        while (Instant.now().isBefore(deadline)) {
            Matcher found = NEXT.matcher(server.out());
            if (found.find(from)) {
                return new Said(
                        found.group(1).startsWith("is"),
                        Instant.parse(found.group(2)),
                        found.end());
            }
            Thread.onSpinWait();
            LockSupport.parkNanos(20_000_000);
        }
        throw new AssertionFailedError(
                "nothing more is said: " + server.out() + (server.alive() ? "" : server.err()));
    }
}
