package io.gemproxy.server.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.audit.AuditConfig.Fsync;
import io.gemproxy.server.audit.AuditConfig.OnFailure;
import io.gemproxy.server.audit.chain.ChainKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real disk of a mebibyte that gets full, and one that is mounted read-only for a while. */
class AuditDiskIT {
    @TempDir private Path directory;
    private Path disk;
    private Path log;
    private AuditRig rig;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(directory.resolve("disk"));
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m", "gemproxy-test", disk.toString()),
                "this user may not mount a small disk");
        rig = new AuditRig(directory);
        log = disk.resolve("audit.log");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", "-l", disk.toString());
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    private AuditConfig config(OnFailure onFailure) {
        return new AuditConfig(
                log, onFailure, Fsync.BATCH, rig.key, rig.head, AuditRig.NEVER, AuditRig.ALL);
    }

    private AuditLog open(OnFailure onFailure) throws IOException {
        return rig.open(config(onFailure));
    }

    private void assertWhole(long records) throws IOException {
        var report =
                AuditVerification.of(log, rig.head, List.of(ChainKey.read(rig.key)), false)
                        .report();
        assertEquals(List.of(), report.findings());
        assertFalse(report.torn().isPresent(), "nothing is torn");
        long calls =
                AuditRig.entries(log).stream()
                        .filter(entry -> entry.path("event_type").asText().equals("ApiCall"))
                        .count();
        assertEquals(records, calls);
    }

    @ParameterizedTest
    @EnumSource(OnFailure.class)
    void aFullDiskIsMetByThePolicyAndTheLogGoesOnByItself(OnFailure onFailure) throws Exception {
        Path ballast = disk.resolve("ballast");
        long records;
        try (AuditLog audit = open(onFailure)) {
            Files.write(ballast, new byte[900_000]);
            int sent = 0;
            while (Files.getFileStore(disk).getUsableSpace() > 0) {
                for (int i = 0; i < 20; i++) {
                    audit.finished(Exchanges.call("01A" + sent++));
                }
                audit.flush(Duration.ofMillis(200));
            }
            for (int i = 0; i < 20; i++) {
                audit.finished(Exchanges.call("01A" + sent++));
            }
            AuditRig.eventually(() -> audit.accepting() == (onFailure == OnFailure.ALLOW));
            assertTrue(audit.written() < sent, "it was full");
            Files.delete(ballast);
            int all = sent;
            AuditRig.eventually(() -> audit.accepting() && audit.written() == all);
            assertEquals(0, audit.lost());
            records = all;
        }
        assertWhole(records);
    }

    @Test
    void aDiskThatIsReadOnlyAtTheStartIsAStartupError() throws Exception {
        assertTrue(run("mount", "-o", "remount,ro", disk.toString()));
        IOException refused = assertThrows(IOException.class, () -> open(OnFailure.ALLOW));
        assertTrue(String.valueOf(refused.getMessage()).contains("audit.log"), refused::toString);
    }

    /** A disk with an open file cannot be made read-only, but its directory can lose the file. */
    @Test
    void aDirectoryThatTakesNoNewFileRefusesRequestsUntilItDoes() throws Exception {
        try (AuditLog audit = open(OnFailure.BLOCK)) {
            audit.finished(Exchanges.call("01A"));
            assertTrue(audit.flush(AuditRig.PATIENCE));
            Files.delete(log);
            Assumptions.assumeTrue(
                    run("chattr", "+i", disk.toString()), "this disk has no immutable directories");
            try {
                AuditRig.eventually(() -> !audit.accepting());
                audit.finished(Exchanges.call("01B"));
            } finally {
                run("chattr", "-i", disk.toString());
            }
            AuditRig.eventually(() -> audit.accepting() && audit.written() == 2);
        }
        assertEquals(1, AuditRig.entries(log).size());
    }
}
