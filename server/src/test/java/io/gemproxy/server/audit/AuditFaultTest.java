package io.gemproxy.server.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.server.audit.AuditConfig.Fsync;
import io.gemproxy.server.audit.AuditConfig.OnFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuditFaultTest {
    @TempDir private Path directory;
    private AuditRig rig;

    @BeforeEach
    void makeTheRig() {
        rig = new AuditRig(directory);
    }

    @ParameterizedTest
    @EnumSource(OnFailure.class)
    void whileTheDiskIsFullRequestsAreRefusedOrServedAsConfigured(OnFailure onFailure)
            throws Exception {
        FakeDisk disk = new FakeDisk();
        try (AuditLog log = rig.open(disk, onFailure, 4)) {
            log.finished(Exchanges.call("01A"));
            assertTrue(log.flush(AuditRig.PATIENCE));
            assertTrue(log.accepting());
            disk.room = 100;
            log.finished(Exchanges.call("01B"));
            AuditRig.eventually(() -> disk.refusals > 2);
            assertEquals(onFailure == OnFailure.ALLOW, log.accepting());
            disk.room = Integer.MAX_VALUE;
            assertTrue(log.flush(AuditRig.PATIENCE));
            assertTrue(log.accepting());
            assertEquals(0, log.lost());
        }
        List<String> lines = disk.content().lines().toList();
        assertEquals(2, lines.size(), "nothing is torn");
        assertEquals(2, new ObjectMapper().readTree(lines.get(1)).path("seq").asLong());
    }

    @Test
    void whatFindsNoRoomIsCountedAsLostAndBlocksNobodyForLong() throws Exception {
        FakeDisk disk = new FakeDisk();
        try (AuditLog log = rig.open(disk, OnFailure.ALLOW, 2)) {
            disk.room = 0;
            log.finished(Exchanges.call("01A"));
            AuditRig.eventually(() -> disk.refusals > 0);
            log.finished(Exchanges.call("01B"));
            log.finished(Exchanges.call("01C"));
            long start = System.nanoTime();
            log.finished(Exchanges.call("01D"));
            assertTrue(System.nanoTime() - start < Duration.ofSeconds(5).toNanos());
            assertEquals(1, log.lost());
            disk.room = Integer.MAX_VALUE;
            assertTrue(log.flush(AuditRig.PATIENCE));
            assertEquals(3, log.written());
        }
    }

    @Test
    void aFloodOfRefusalsNeverWaitsAndLeavesHalfOfTheQueueToRequests() throws Exception {
        FakeDisk disk = new FakeDisk();
        try (AuditLog log = rig.open(disk, OnFailure.BLOCK, 8)) {
            CountDownLatch stuck = disk.stall();
            log.finished(Exchanges.call("01A"));
            AuditRig.eventually(() -> disk.stalled);
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
            assertTrue(log.flush(AuditRig.PATIENCE));
            assertEquals(8, log.written());
        }
        assertTrue(disk.content().contains("01D"));
    }

    @Test
    void closingWhileTheDiskIsFullEndsAndCountsWhatIsLost() throws Exception {
        FakeDisk disk = new FakeDisk();
        AuditLog log = rig.open(disk, OnFailure.BLOCK, 8);
        disk.room = 0;
        log.finished(Exchanges.call("01A"));
        AuditRig.eventually(() -> disk.refusals > 0);
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
        AuditLog log =
                AuditLog.open(
                        rig.at(full, OnFailure.BLOCK),
                        full,
                        () -> LocalFile.open(full),
                        new AuditLog.Room(8, Duration.ofMillis(20)),
                        rig.clock,
                        System::nanoTime,
                        new SecureRandom());
        try (log) {
            log.finished(Exchanges.call("01A"));
            AuditRig.eventually(() -> !log.accepting());
        }
        assertEquals(1, log.lost());
    }

    @Test
    void theWriterOutlivesWhatNobodyExpectedAndCountsWhatItCost() throws Exception {
        FakeDisk disk = new FakeDisk();
        try (AuditLog log = rig.open(disk, OnFailure.BLOCK, 8)) {
            disk.bug = new IllegalStateException("a bug of the file");
            log.finished(Exchanges.call("01A"));
            AuditRig.eventually(() -> !log.accepting());
            disk.bug = null;
            assertTrue(log.flush(AuditRig.PATIENCE));
            assertEquals(1, log.written());
            disk.bug = new StackOverflowError("beyond repair");
            log.finished(Exchanges.call("01B"));
            AuditRig.eventually(() -> log.lost() == 1);
            AuditRig.eventually(() -> !log.accepting());
            disk.bug = null;
            log.finished(Exchanges.call("01C"));
            assertTrue(log.flush(AuditRig.PATIENCE));
            assertTrue(log.accepting());
            assertEquals(1, log.lost());
        }
        String content = disk.content();
        assertTrue(content.contains("01A") && content.contains("01C"), content);
        assertEquals(3, content.lines().count(), "two records, and one of the loss");
    }

    @Test
    void aFloodBeyondTheQueueIsWrittenOrCountedToTheLast() throws Exception {
        FakeDisk disk = new FakeDisk();
        long threads = 20;
        int each = 100;
        try (AuditLog log = rig.open(disk, OnFailure.ALLOW, 2)) {
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < threads; i++) {
                    executor.execute(() -> {
                        for (int j = 0; j < each; j++) {
                            log.finished(Exchanges.call("01A"));
                        }
                    });
                }
            }
            assertTrue(log.flush(AuditRig.PATIENCE));
            assertEquals(threads * each, log.written() + log.lost());
            assertEquals(log.written(), disk.content().split("ApiCall", -1).length - 1);
        }
    }

    @Test
    void lossesAreToldOnceRecordsGetInAgain() throws Exception {
        FakeDisk disk = new FakeDisk();
        try (AuditLog log = rig.open(disk, OnFailure.ALLOW, 2)) {
            disk.room = 0;
            log.finished(Exchanges.call("01A"));
            AuditRig.eventually(() -> disk.refusals > 0);
            for (int i = 0; i < 5; i++) {
                log.finished(Exchanges.call("01B"));
            }
            assertEquals(3, log.lost());
            disk.room = Integer.MAX_VALUE;
            assertTrue(log.flush(AuditRig.PATIENCE));
        }
        JsonNode told =
                new ObjectMapper()
                        .readTree(
                                disk.content()
                                        .lines()
                                        .filter(line -> line.contains("audit.loss"))
                                        .findFirst()
                                        .orElseThrow());
        assertEquals(3, told.path("lost").asLong());
        assertEquals("2026-11-21T08:00:00.100Z", told.path("since").asText());
        assertEquals("Failure", told.path("result").asText());
        assertEquals(1, disk.content().split("audit.loss", -1).length - 1, "once");
    }

    @ParameterizedTest
    @EnumSource(OnFailure.class)
    void whatAFailedSyncMayHaveDroppedIsWrittenAgain(OnFailure onFailure) throws Exception {
        FakeDisk disk = new FakeDisk();
        try (AuditLog log = rig.open(disk, onFailure, Fsync.BATCH, 100)) {
            log.finished(Exchanges.call("01A"));
            AuditRig.eventually(() -> disk.confirmed().contains("01A"));
            disk.forceFails = true;
            log.finished(Exchanges.call("01B"));
            AuditRig.eventually(() -> disk.refusedForces > 0);
            AuditRig.eventually(() -> log.accepting() == (onFailure == OnFailure.ALLOW));
            log.finished(Exchanges.call("01C"));
            disk.forceFails = false;
            AuditRig.eventually(() -> disk.confirmed().contains("01C") && log.accepting());
            assertEquals(0, log.lost());
        }
        List<String> ids = new ArrayList<>();
        for (String line : disk.confirmed().lines().toList()) {
            ids.add(new ObjectMapper().readTree(line).path("request_id").asText());
        }
        assertEquals(List.of("01A", "01B", "01C"), ids);
    }

    @ParameterizedTest
    @EnumSource(OnFailure.class)
    void aDiskThatWasReadOnlyForAWhileHasAllAfterwards(OnFailure onFailure) throws Exception {
        FakeDisk disk = new FakeDisk();
        try (AuditLog log = rig.open(disk, onFailure, 100)) {
            disk.readOnly = true;
            log.finished(Exchanges.call("01A"));
            AuditRig.eventually(() -> disk.refusals > 1);
            assertEquals(onFailure == OnFailure.ALLOW, log.accepting());
            disk.readOnly = false;
            AuditRig.eventually(() -> log.accepting() && log.written() == 1);
        }
        assertEquals(1, disk.content().lines().count());
    }

    /** Each write and each sync of a run fails once, one after the other. */
    @Test
    void whicheverCallFailsTheLogIsWholeAfterwards() throws Exception {
        for (int failing = 0; failing < 12; failing++) {
            Path own = Files.createDirectory(directory.resolve("run" + failing));
            AuditRig run = new AuditRig(own);
            FailingCalls calls = new FailingCalls(() -> LocalFile.open(run.log), failing);
            try (AuditLog log = run.open(calls, OnFailure.BLOCK, Fsync.BATCH, 100)) {
                for (String id : List.of("01A", "01B", "01C")) {
                    log.finished(Exchanges.call(id));
                    assertTrue(log.flush(AuditRig.PATIENCE));
                    AuditRig.eventually(log::accepting);
                }
            }
            assertEquals(List.of(), run.verify().findings(), "call " + failing);
            assertEquals(List.of(1L, 2L, 3L), AuditRig.sequence(run.log), "call " + failing);
        }
    }
}
