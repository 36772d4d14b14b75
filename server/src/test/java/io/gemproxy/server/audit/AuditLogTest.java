package io.gemproxy.server.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.audit.AuditConfig.OnFailure;
import io.gemproxy.server.exchange.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    @TempDir private Path directory;
    private AuditRig rig;

    @BeforeEach
    void makeTheRig() {
        rig = new AuditRig(directory);
    }

    @Test
    void everyRecordIsOnFileAfterCloseInOrderWithMode0640() throws Exception {
        try (AuditLog log = rig.open()) {
            log.record(started());
            log.finished(Exchanges.call("01A"));
            log.finished(Exchanges.call("01B"));
            assertTrue(log.flush(AuditRig.PATIENCE));
            assertEquals(3, log.written());
            log.finished(Exchanges.call("01C"));
        }
        assertEquals(List.of(1L, 2L, 3L, 4L), AuditRig.sequence(rig.log));
        assertEquals("01C", AuditRig.entries(rig.log).get(3).path("request_id").asText());
        assertEquals(
                "rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(rig.log)));
    }

    @Test
    void aLogThatCannotBeOpenedIsAStartupError() throws Exception {
        Path file = Files.createFile(directory.resolve("plain"));
        AuditConfig config = rig.at(file.resolve("audit.log"), OnFailure.ALLOW);
        assertThrows(IOException.class, () -> rig.open(config));
    }

    @Test
    void manyThreadsLoseNothing() throws Exception {
        int threads = 50;
        int each = 200;
        try (AuditLog log = rig.open();
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
            assertTrue(log.flush(AuditRig.PATIENCE));
            assertEquals(0, log.lost());
        }
        List<Long> sequence = AuditRig.sequence(rig.log);
        assertEquals(threads * each + 1, sequence.size(), "and a checkpoint");
        assertEquals(List.of("audit.count"), AuditRig.actions(rig.log));
        for (int i = 0; i < sequence.size(); i++) {
            assertEquals(i + 1, sequence.get(i));
        }
    }

    private static AuditEvent started() {
        return AuditEvent.of(
                AuditEvent.Type.SERVER_STARTED,
                Exchanges.START,
                "server.start",
                Result.SUCCESS,
                Map.of("version", "1"));
    }
}
