package io.gemproxy.server.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.audit.AuditConfig.OnFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLockTest {
    @TempDir private Path directory;
    private AuditRig rig;

    @BeforeEach
    void makeTheRig() {
        rig = new AuditRig(directory);
    }

    @Test
    void aSecondServerCannotWriteTheSameFileNotEvenAfterARotation() throws Exception {
        try (AuditLog log = rig.open()) {
            assertThrows(AuditFileTaken.class, () -> rig.open());
            log.finished(Exchanges.call("01A"));
            assertTrue(log.flush(AuditRig.PATIENCE));
            Files.move(rig.log, rig.log.resolveSibling("audit.log.1"));
            assertThrows(AuditFileTaken.class, () -> rig.open());
            log.reopen();
            AuditRig.eventually(() -> Files.exists(rig.log));
            Path link = Files.createSymbolicLink(directory.resolve("link.log"), rig.log);
            AuditConfig linked = rig.at(link, OnFailure.BLOCK);
            AuditFileTaken taken = assertThrows(AuditFileTaken.class, () -> rig.open(linked));
            assertTrue(taken.toString().contains(link.toString()), taken::toString);
        }
        rig.write("01B");
        assertEquals(List.of(2L), AuditRig.sequence(rig.log));
    }

    @Test
    void aSecondServerCannotWriteTheSameHead() throws Exception {
        AuditConfig other = rig.at(directory.resolve("logs/other.log"), OnFailure.BLOCK);
        try (AuditLog _ = rig.open()) {
            AuditFileTaken taken = assertThrows(AuditFileTaken.class, () -> rig.open(other));
            assertTrue(taken.toString().contains("state.dir: "), taken::toString);
        }
        rig.open(other).close();
    }
}
