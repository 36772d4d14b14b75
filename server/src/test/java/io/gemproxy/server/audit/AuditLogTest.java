package io.gemproxy.server.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.server.audit.AuditConfig.OnFailure;
import io.gemproxy.server.exchange.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuditLogTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir private Path directory;

    private AuditConfig config(OnFailure onFailure) {
        return new AuditConfig(directory.resolve("logs/audit.log"), onFailure);
    }

    private static void eventually(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadline < 0, "did not come about in time");
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static List<JsonNode> entries(Path path) throws IOException {
        List<JsonNode> entries = new ArrayList<>();
        for (String line : Files.readAllLines(path)) {
            entries.add(new ObjectMapper().readTree(line));
        }
        return entries;
    }

    private static List<Long> sequence(Path path) throws IOException {
        return entries(path).stream().map(entry -> entry.path("seq").asLong()).toList();
    }

    @Test
    void everyRecordIsOnFileAfterCloseInOrderWithMode0640() throws Exception {
        AuditConfig config = config(OnFailure.BLOCK);
        try (AuditLog log = AuditLog.open(config, System::nanoTime)) {
            log.record(started());
            log.finished(Exchanges.call("01A"));
            log.finished(Exchanges.call("01B"));
            assertTrue(log.flush(PATIENCE));
            assertEquals(3, log.written());
            log.finished(Exchanges.call("01C"));
        }
        assertEquals(List.of(1L, 2L, 3L, 4L), sequence(config.path()));
        assertEquals("01C", entries(config.path()).get(3).path("request_id").asText());
        assertEquals(
                "rw-r-----",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(config.path())));
    }

    private static AuditEvent started() {
        return AuditEvent.of(
                AuditEvent.Type.SERVER_STARTED,
                Exchanges.START,
                "server.start",
                Result.SUCCESS,
                Map.of("version", "1"));
    }

    @Test
    void numberingGoesOnAfterARestartAndBehindATornLine() throws Exception {
        AuditConfig config = config(OnFailure.BLOCK);
        write(config, "01A", "01B");
        Files.writeString(
                config.path(), "{\"timestamp\":\"2026-11-21T08:0", StandardOpenOption.APPEND);
        write(config, "01C");
        List<String> lines = Files.readAllLines(config.path());
        assertEquals(4, lines.size());
        assertEquals("{\"timestamp\":\"2026-11-21T08:0", lines.get(2));
        assertTrue(lines.get(3).contains("\"seq\":3,"), lines.get(3));
    }

    @Test
    void numberingGoesOnAfterARotationWhileStopped() throws Exception {
        AuditConfig config = config(OnFailure.BLOCK);
        write(config, "01A", "01B");
        Files.move(config.path(), config.path().resolveSibling("audit.log.1"));
        Files.write(config.path().resolveSibling("audit.log.0.gz"), new byte[] {31, -117});
        write(config, "01C");
        assertEquals(List.of(3L), sequence(config.path()));
    }

    @Test
    void aNumberInsideHostileTextIsNotTakenForTheSequence() throws Exception {
        AuditConfig config = config(OnFailure.BLOCK);
        try (AuditLog log = AuditLog.open(config, System::nanoTime)) {
            log.finished(
                    Exchanges.finished(
                            Exchanges.exchange("01A", "\n{\"timestamp\":\"x\",\"seq\":99,"),
                            Optional.empty(),
                            Result.SUCCESS));
        }
        write(config, "01B");
        assertEquals(List.of(1L, 2L), sequence(config.path()));
    }

    private static void write(AuditConfig config, String... ids) throws IOException {
        try (AuditLog log = AuditLog.open(config, System::nanoTime)) {
            for (String id : ids) {
                log.finished(Exchanges.call(id));
            }
        }
    }

    @Test
    void reopenLetsGoOfARotatedFile() throws Exception {
        AuditConfig config = config(OnFailure.BLOCK);
        Path rotated = config.path().resolveSibling("audit.log.1");
        try (AuditLog log = AuditLog.open(config, System::nanoTime)) {
            log.finished(Exchanges.call("01A"));
            assertTrue(log.flush(PATIENCE));
            Files.move(config.path(), rotated);
            log.reopen();
            eventually(() -> Files.exists(config.path()));
            log.finished(Exchanges.call("01B"));
        }
        assertEquals(List.of(1L), sequence(rotated));
        assertEquals(List.of(2L), sequence(config.path()));
    }

    @Test
    void aRotationNobodyAnnouncedIsNoticed() throws Exception {
        AuditConfig config = config(OnFailure.BLOCK);
        try (AuditLog log = AuditLog.open(config, System::nanoTime)) {
            log.finished(Exchanges.call("01A"));
            assertTrue(log.flush(PATIENCE));
            Files.move(config.path(), config.path().resolveSibling("audit.log.1"));
            eventually(() -> Files.exists(config.path()));
            log.finished(Exchanges.call("01B"));
        }
        assertEquals(List.of(2L), sequence(config.path()));
    }

    @ParameterizedTest
    @EnumSource(OnFailure.class)
    void whileTheDiskIsFullRequestsAreRefusedOrServedAsConfigured(OnFailure onFailure)
            throws Exception {
        Disk disk = new Disk();
        try (AuditLog log = open(disk, onFailure, 4)) {
            log.finished(Exchanges.call("01A"));
            assertTrue(log.flush(PATIENCE));
            assertTrue(log.accepting());
            disk.room = 100;
            log.finished(Exchanges.call("01B"));
            eventually(() -> disk.refusals > 2);
            assertEquals(onFailure == OnFailure.ALLOW, log.accepting());
            disk.room = Integer.MAX_VALUE;
            assertTrue(log.flush(PATIENCE));
            assertTrue(log.accepting());
            assertEquals(0, log.lost());
        }
        List<String> lines = disk.content().lines().toList();
        assertEquals(3, lines.size(), "two records, and the torn one between them");
        assertTrue(lines.get(1).length() == 100, "torn where the disk was full");
        assertEquals(2, new ObjectMapper().readTree(lines.get(2)).path("seq").asLong());
    }

    @Test
    void whatFindsNoRoomIsCountedAsLostAndBlocksNobodyForLong() throws Exception {
        Disk disk = new Disk();
        try (AuditLog log = open(disk, OnFailure.ALLOW, 2)) {
            disk.room = 0;
            log.finished(Exchanges.call("01A"));
            eventually(() -> disk.refusals > 0);
            log.finished(Exchanges.call("01B"));
            log.finished(Exchanges.call("01C"));
            long start = System.nanoTime();
            log.finished(Exchanges.call("01D"));
            assertTrue(System.nanoTime() - start < Duration.ofSeconds(5).toNanos());
            assertEquals(1, log.lost());
            disk.room = Integer.MAX_VALUE;
            assertTrue(log.flush(PATIENCE));
            assertEquals(3, log.written());
        }
    }

    @Test
    void aFloodOfRefusalsNeverWaitsAndLeavesHalfOfTheQueueToRequests() throws Exception {
        Disk disk = new Disk();
        try (AuditLog log = open(disk, OnFailure.BLOCK, 8)) {
            CountDownLatch stuck = disk.stall();
            log.finished(Exchanges.call("01A"));
            eventually(() -> disk.stalled);
            for (int i = 0; i < 1_000; i++) {
                log.refused(Exchanges.call("01R"));
            }
            assertEquals(996, log.lost());
            assertTrue(log.accepting());
            for (String id : List.of("01B", "01C", "01D")) {
                log.finished(Exchanges.call(id));
            }
            assertEquals(996, log.lost());
            assertTrue(log.accepting());
            stuck.countDown();
            assertTrue(log.flush(PATIENCE));
            assertEquals(8, log.written());
        }
        assertTrue(disk.content().contains("01D"));
    }

    @Test
    void closingWhileTheDiskIsFullEndsAndCountsWhatIsLost() throws Exception {
        Disk disk = new Disk();
        AuditLog log = open(disk, OnFailure.BLOCK, 8);
        disk.room = 0;
        log.finished(Exchanges.call("01A"));
        eventually(() -> disk.refusals > 0);
        log.finished(Exchanges.call("01B"));
        log.close();
        assertEquals(2, log.lost());
        assertFalse(log.accepting());
        log.finished(Exchanges.call("01C"));
        assertEquals(3, log.lost());
    }

    @Test
    void aDeviceThatIsAlwaysFullIsReportedNotFatal() throws Exception {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full), "no /dev/full on this system");
        AuditConfig config = new AuditConfig(full, OnFailure.BLOCK);
        AuditLog log =
                AuditLog.open(
                        config,
                        () -> AppendedFile.open(full),
                        0,
                        new AuditLog.Room(8, Duration.ofMillis(20)),
                        System::nanoTime);
        try (log) {
            log.finished(Exchanges.call("01A"));
            eventually(() -> !log.accepting());
        }
        assertEquals(1, log.lost());
    }

    @Test
    void theWriterOutlivesWhatNobodyExpectedAndCountsWhatItCost() throws Exception {
        Disk disk = new Disk();
        try (AuditLog log = open(disk, OnFailure.BLOCK, 8)) {
            disk.bug = new IllegalStateException("a bug of the file");
            log.finished(Exchanges.call("01A"));
            eventually(() -> !log.accepting());
            disk.bug = null;
            assertTrue(log.flush(PATIENCE));
            assertEquals(1, log.written());
            disk.bug = new StackOverflowError("beyond repair");
            log.finished(Exchanges.call("01B"));
            eventually(() -> log.lost() == 1);
            eventually(() -> !log.accepting());
            disk.bug = null;
            log.finished(Exchanges.call("01C"));
            assertTrue(log.flush(PATIENCE));
            assertTrue(log.accepting());
            assertEquals(1, log.lost());
        }
        String content = disk.content();
        assertTrue(content.contains("01A") && content.contains("01C"), content);
        assertEquals(2, content.lines().count());
    }

    @Test
    void aSecondServerCannotWriteTheSameFileNotEvenAfterARotation() throws Exception {
        AuditConfig config = config(OnFailure.BLOCK);
        try (AuditLog log = AuditLog.open(config, System::nanoTime)) {
            assertThrows(AuditFileTaken.class, () -> AuditLog.open(config, System::nanoTime));
            log.finished(Exchanges.call("01A"));
            assertTrue(log.flush(PATIENCE));
            Files.move(config.path(), config.path().resolveSibling("audit.log.1"));
            assertThrows(AuditFileTaken.class, () -> AuditLog.open(config, System::nanoTime));
            log.reopen();
            eventually(() -> Files.exists(config.path()));
            Path link = Files.createSymbolicLink(directory.resolve("link.log"), config.path());
            AuditConfig linked = new AuditConfig(link, OnFailure.BLOCK);
            AuditFileTaken taken =
                    assertThrows(
                            AuditFileTaken.class, () -> AuditLog.open(linked, System::nanoTime));
            assertTrue(taken.toString().contains(link.toString()), taken::toString);
        }
        write(config, "01B");
        assertEquals(List.of(2L), sequence(config.path()));
    }

    @Test
    void aLogThatCannotBeOpenedIsAStartupError() throws Exception {
        Path file = Files.createFile(directory.resolve("plain"));
        AuditConfig config = new AuditConfig(file.resolve("audit.log"), OnFailure.ALLOW);
        assertThrows(IOException.class, () -> AuditLog.open(config, System::nanoTime));
    }

    @Test
    void aFloodBeyondTheQueueIsWrittenOrCountedToTheLast() throws Exception {
        Disk disk = new Disk();
        long threads = 20;
        int each = 100;
        try (AuditLog log = open(disk, OnFailure.ALLOW, 2)) {
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < threads; i++) {
                    executor.execute(() -> {
                        for (int j = 0; j < each; j++) {
                            log.finished(Exchanges.call("01A"));
                        }
                    });
                }
            }
            assertTrue(log.flush(PATIENCE));
            assertEquals(threads * each, log.written() + log.lost());
            assertEquals(log.written(), disk.content().lines().count());
        }
    }

    @Test
    void manyThreadsLoseNothing() throws Exception {
        AuditConfig config = config(OnFailure.BLOCK);
        int threads = 50;
        int each = 200;
        try (AuditLog log = AuditLog.open(config, System::nanoTime);
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch done = new CountDownLatch(threads);
            for (int i = 0; i < threads; i++) {
                executor.execute(() -> {
                    for (int j = 0; j < each; j++) {
                        log.finished(Exchanges.call("01A"));
                    }
                    done.countDown();
                });
            }
            done.await();
            assertTrue(log.flush(PATIENCE));
            assertEquals(0, log.lost());
        }
        List<Long> sequence = sequence(config.path());
        assertEquals(threads * each, sequence.size());
        for (int i = 0; i < sequence.size(); i++) {
            assertEquals(i + 1, sequence.get(i));
        }
    }

    private static AuditLog open(Disk disk, OnFailure onFailure, int capacity) throws IOException {
        AuditConfig config = new AuditConfig(Path.of("unused"), onFailure);
        return AuditLog.open(
                config,
                disk,
                0,
                new AuditLog.Room(capacity, Duration.ofMillis(50)),
                System::nanoTime);
    }

    /** A disk with so much room and no more, whose file behaves as the real one. */
    private static final class Disk implements AuditFile.Opener {
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private volatile int room = Integer.MAX_VALUE;
        private volatile int refusals;
        private volatile boolean stalled;
        private volatile @Nullable Throwable bug;
        private volatile CountDownLatch gate = new CountDownLatch(0);

        /** Writes wait until the latch is counted down. */
        CountDownLatch stall() {
            gate = new CountDownLatch(1);
            return gate;
        }

        private void pass() {
            switch (bug) {
                case RuntimeException defect -> throw defect;
                case Error defect -> throw defect;
                case null, default -> {}
            }
            stalled = gate.getCount() > 0;
            try {
                gate.await();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }

        synchronized String content() {
            return content.toString(StandardCharsets.UTF_8);
        }

        @Override
        public AuditFile open() throws IOException {
            String so = content();
            if (!so.isEmpty() && !so.endsWith("\n")) {
                append(ByteBuffer.wrap(new byte[] {'\n'}));
            }
            return new AuditFile() {
                @Override
                public int write(ByteBuffer bytes) throws IOException {
                    pass();
                    return append(bytes);
                }

                @Override
                public void force() {}

                @Override
                public boolean isReplaced() {
                    return false;
                }

                @Override
                public void close() {}
            };
        }

        private synchronized int append(ByteBuffer bytes) throws IOException {
            int count = Math.min(room, bytes.remaining());
            if (count == 0) {
                refusals++;
                throw new IOException("No space left on device");
            }
            for (int i = 0; i < count; i++) {
                content.write(bytes.get());
            }
            room = room == Integer.MAX_VALUE ? room : room - count;
            return count;
        }
    }
}
