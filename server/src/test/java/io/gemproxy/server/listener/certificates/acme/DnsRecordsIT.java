package io.gemproxy.server.listener.certificates.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records that a server left behind when it ended. */
@Timeout(60)
final class DnsRecordsIT {
    private static final URI NOBODY = URI.create("http://127.0.0.1:1/");
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir Path directory;

    private Path zone;
    private Path program;

    @BeforeEach
    void writeTheProgram() throws Exception {
        zone = Files.createDirectory(directory.resolve("zone"));
        program = directory.resolve("program");
        programDoes(
                """
                case $1 in
                  present) touch '%1$s'/"$4" ;;
                  cleanup) rm '%1$s'/"$4" ;;
                esac
                """
                        .formatted(zone));
    }

    private void programDoes(String script) throws Exception {
        Files.writeString(program, "#!/bin/sh\nset -eu\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    private AcmeConfig config() {
        return new AcmeWish(directory.resolve("state"), NOBODY, "one.example")
                .hook(program, LONG)
                .config();
    }

    /** Those of a server that starts now. */
    private DnsRecords records() {
        return new DnsRecords(config(), InstantSource.system());
    }

    private void make(String value) throws Exception {
        records().make(config().hook().orElseThrow(), "one.example", value);
    }

    private List<String> inTheZone() throws Exception {
        try (var files = Files.list(zone)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private Path noted() {
        return directory.resolve("state/dns-records");
    }

    @Test
    void areRemovedByTheNextServerAndThenForgotten() throws Exception {
        make("first");
        make("second");
        assertEquals(List.of("first", "second"), inTheZone());

        assertTrue(records().removeLeft());
        assertEquals(List.of(), inTheZone());
        assertTrue(Files.notExists(noted()));
        assertTrue(records().removeLeft());
    }

    @Test
    void areNotNotedAnyMoreOnceTheyAreRemovedAsUsual() throws Exception {
        make("other");
        records().make(config().hook().orElseThrow(), "one.example", "value").run();
        assertEquals(List.of("other"), inTheZone());
        assertEquals("one.example other\n", Files.readString(noted()));
    }

    @Test
    void areRemovedAlsoByAThreadThatHasBeenInterrupted() throws Exception {
        Runnable remove = records().make(config().hook().orElseThrow(), "one.example", "value");
        Thread.currentThread().interrupt();
        remove.run();
        assertTrue(Thread.interrupted(), "the interruption is kept");
        assertEquals(List.of(), inTheZone());
        assertTrue(Files.notExists(noted()));
    }

    @Test
    void areTriedAgainAtTheNextStartIfTheProgramFails() throws Exception {
        make("value");
        String right = Files.readString(program);
        programDoes("exit 1\n");
        assertTrue(records().removeLeft());
        assertTrue(Files.exists(noted()));
        Files.writeString(program, right);
        assertTrue(records().removeLeft());
        assertEquals(List.of(), inTheZone());
        assertTrue(Files.notExists(noted()));
    }

    @Test
    void areLeftAloneWhileAnotherInstanceOrders() throws Exception {
        make("value");
        OrderLock lock = new OrderLock(config().storage(), InstantSource.system());
        try (OrderLock.Held held = lock.take().orElseThrow()) {
            held.extend();
            assertFalse(records().removeLeft());
            assertEquals(List.of("value"), inTheZone());
        }
        assertTrue(records().removeLeft());
        assertEquals(List.of(), inTheZone());
    }

    @Test
    void areForgottenWhereThereIsNoProgramAnyMore() throws Exception {
        make("value");
        AcmeConfig without = new AcmeWish(directory.resolve("state"), NOBODY, "a.example").config();
        assertEquals(Optional.empty(), without.hook());
        assertTrue(new DnsRecords(without, InstantSource.system()).removeLeft());
        assertTrue(Files.notExists(noted()));
    }

    @Test
    void oneThatCannotBeNotedIsNotMade() throws Exception {
        Files.createDirectories(noted().resolve("in the way"));
        AcmeFailure why = assertThrows(AcmeFailure.class, () -> make("value"));
        assertEquals(AcmeFailure.Kind.STORAGE, why.kind());
        assertEquals(List.of(), inTheZone());
    }

    @Test
    void oneOfAnOrderIsRemovedWhenTheServerStops() throws Exception {
        try (AcmeBench bench = new AcmeBench(directory);
                Pebble pebble = bench.pebble()) {
            AcmeConfig config = bench.wish(pebble, "one.example").hook(program, LONG).config();
            CountDownLatch made = new CountDownLatch(1);
            Renewal renewal =
                    bench.renewal(
                            bench.wish(pebble, "one.example").hook(program, LONG),
                            _ -> {
                                made.countDown();
                                new CountDownLatch(1).await();
                            });
            try (var _ =
                    RenewalLoop.start(
                            renewal, new DnsRecords(config, bench.clock()), bench.clock())) {
                assertTrue(made.await(30, TimeUnit.SECONDS));
                assertEquals(1, inTheZone().size());
            }
            assertEquals(List.of(), inTheZone());
        }
    }
}
