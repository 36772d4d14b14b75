package io.gemproxy.server.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.server.audit.AuditConfig.Fsync;
import io.gemproxy.server.audit.AuditConfig.OnFailure;
import io.gemproxy.server.audit.AuditConfig.Retention;
import io.gemproxy.server.audit.AuditConfig.Rotation;
import io.gemproxy.server.audit.chain.ChainReport;
import io.gemproxy.server.audit.chain.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditRotationTest {
    @TempDir private Path directory;
    private AuditRig rig;

    @BeforeEach
    void makeTheRig() {
        rig = new AuditRig(directory);
    }

    @Test
    void reopenLetsGoOfARotatedFile() throws Exception {
        Path rotated = rig.log.resolveSibling("audit.log.1");
        try (AuditLog log = rig.open()) {
            log.finished(Exchanges.call("01A"));
            assertTrue(log.flush(AuditRig.PATIENCE));
            Files.move(rig.log, rotated);
            log.reopen();
            AuditRig.eventually(() -> Files.exists(rig.log));
            log.finished(Exchanges.call("01B"));
        }
        assertEquals(List.of(1L), AuditRig.sequence(rotated));
        assertEquals(List.of(2L), AuditRig.sequence(rig.log));
    }

    @Test
    void aRotationNobodyAnnouncedIsNoticed() throws Exception {
        try (AuditLog log = rig.open()) {
            log.finished(Exchanges.call("01A"));
            assertTrue(log.flush(AuditRig.PATIENCE));
            Files.move(rig.log, rig.log.resolveSibling("audit.log.1"));
            AuditRig.eventually(() -> Files.exists(rig.log));
            log.finished(Exchanges.call("01B"));
        }
        assertEquals(List.of(2L), AuditRig.sequence(rig.log));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(rig.log.getParent())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".lock"))
                    .sorted()
                    .toList();
        }
    }

    private AuditConfig rotating(Rotation rotation, Retention retention) {
        return rig.config(OnFailure.BLOCK, Fsync.SECOND, rotation, retention);
    }

    private static void writeEach(AuditLog log, String... ids) throws InterruptedException {
        for (String id : ids) {
            log.finished(Exchanges.call(id));
            assertTrue(log.flush(AuditRig.PATIENCE));
        }
    }

    @Test
    void aFullFileIsFollowedByANewOneInTheSameChain() throws Exception {
        try (AuditLog log = rig.open(rotating(new Rotation(100, false), AuditRig.ALL))) {
            writeEach(log, "01A", "01B", "01C");
        }
        // a full file has one record; each later one begins with a record of its own
        assertEquals(
                List.of(
                        "audit.log",
                        "audit.log-20261121-000000000001",
                        "audit.log-20261121-000000000002"),
                names().subList(0, 3));
        assertEquals("audit.rotate", AuditRig.actions(rig.log).getFirst());
        ChainReport report = rig.verify();
        assertEquals(List.of(), report.findings());
        assertEquals(1, report.first());
        assertEquals(
                "rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(rig.log)));
    }

    @Test
    void eachDayHasItsOwnFileAlsoAfterARestart() throws Exception {
        AuditConfig daily = rotating(new Rotation(1L << 40, true), AuditRig.ALL);
        rig.write(daily, "01A");
        Files.setLastModifiedTime(rig.log, FileTime.from(rig.now.get()));
        rig.now.set(rig.now.get().plus(Duration.ofDays(1)));
        try (AuditLog log = rig.open(daily)) {
            writeEach(log, "01B", "01C");
            rig.now.set(rig.now.get().plus(Duration.ofDays(1)));
            writeEach(log, "01D");
        }
        assertEquals(
                List.of(
                        "audit.log",
                        "audit.log-20261121-000000000001",
                        "audit.log-20261122-000000000002"),
                names());
        assertEquals(List.of(), rig.verify().findings());
    }

    @Test
    void theOldestGoAndTheLogSaysSo() throws Exception {
        Retention two = new Retention(OptionalInt.of(2), Duration.ofDays(900), 1L << 40);
        try (AuditLog log = rig.open(rotating(new Rotation(100, false), two))) {
            writeEach(log, "01A", "01B", "01C", "01D", "01E");
        }
        assertEquals(3, count());
        assertTrue(AuditRig.actions(rig.log).contains("audit.retention"));
        ChainReport report = rig.verify();
        assertEquals(List.of(), report.findings());
        assertTrue(report.first() > 1);
        Files.delete(rig.log.resolveSibling(names().get(1)));
        assertEquals(Finding.Kind.BEGINS_LATE, rig.verify().findings().getFirst().kind());
    }

    private int count() {
        try {
            return names().size();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void sizeAndAgeLimitWhatIsKept() throws Exception {
        AuditConfig all = rotating(new Rotation(100, false), AuditRig.ALL);
        try (AuditLog log = rig.open(all)) {
            writeEach(log, "01A", "01B", "01C");
        }
        int before = count();
        Retention young = new Retention(OptionalInt.empty(), Duration.ofDays(1), 1L << 40);
        Path oldest = rig.log.resolveSibling(names().get(1));
        Files.setLastModifiedTime(oldest, FileTime.from(rig.now.get().minus(Duration.ofDays(2))));
        for (String name : names()) {
            Path file = rig.log.resolveSibling(name);
            if (!file.equals(oldest)) {
                Files.setLastModifiedTime(file, FileTime.from(rig.now.get()));
            }
        }
        rig.write(rotating(AuditRig.NEVER, young), "01D");
        assertEquals(before - 1, count());
        Retention small = new Retention(OptionalInt.empty(), Duration.ofDays(900), 1);
        rig.write(rotating(AuditRig.NEVER, small), "01E");
        assertEquals(1, count());
        assertEquals(List.of(), rig.verify().findings());
    }

    @Test
    void followingMissesNothingWhereTwoRotationsComeBetweenTwoLooks() throws Exception {
        AuditConfig config = rotating(new Rotation(100, false), AuditRig.ALL);
        List<Long> seen = new ArrayList<>();
        try (AuditLog log = rig.open(config)) {
            writeEach(log, "01A");
            try (AuditReader reader = AuditReader.open(rig.log)) {
                Iterator<String> ids = List.of("01B", "01C", "01D").iterator();
                reader.follow(
                        AuditFilter.ALL,
                        line -> seen.add(seq(line)),
                        () -> {
                            boolean more = ids.hasNext();
                            while (ids.hasNext()) {
                                writeEach(log, ids.next());
                            }
                            return more;
                        });
            }
        }
        assertEquals(LongStream.rangeClosed(1, seen.size()).boxed().toList(), seen);
        assertTrue(seen.size() >= 6, seen::toString);
    }

    private static long seq(AuditLine line) {
        try {
            return new ObjectMapper().readTree(line.text()).path("seq").asLong();
        } catch (IOException torn) {
            throw new UncheckedIOException(torn);
        }
    }
}
