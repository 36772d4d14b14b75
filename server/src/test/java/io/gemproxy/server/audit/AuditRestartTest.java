package io.gemproxy.server.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.audit.chain.ChainHead;
import io.gemproxy.server.audit.chain.ChainKey;
import io.gemproxy.server.audit.chain.ChainKeyUnusable;
import io.gemproxy.server.audit.chain.ChainReport;
import io.gemproxy.server.audit.chain.Finding;
import io.gemproxy.server.audit.chain.Link;
import io.gemproxy.server.exchange.Result;
import io.gemproxy.server.exchange.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditRestartTest {
    @TempDir private Path directory;
    private AuditRig rig;

    @BeforeEach
    void makeTheRig() {
        rig = new AuditRig(directory);
    }

    @Test
    void numberingGoesOnAfterARestartAndBehindATornLine() throws Exception {
        rig.write("01A", "01B");
        Files.writeString(rig.log, "{\"timestamp\":\"2026-11-21T08:0", StandardOpenOption.APPEND);
        rig.write("01C");
        assertEquals(List.of(1L, 2L, 3L, 4L), AuditRig.sequence(rig.log));
        assertEquals(List.of("audit.torn"), AuditRig.actions(rig.log));
        assertEquals(29, AuditRig.entries(rig.log).get(2).path("bytes").asLong());
        assertTrue(rig.verify().holds());
    }

    @Test
    void numberingGoesOnAfterARotationWhileStopped() throws Exception {
        rig.write("01A", "01B");
        Files.move(rig.log, rig.log.resolveSibling("audit.log.1"));
        Files.write(rig.log.resolveSibling("audit.log.0.gz"), new byte[] {31, -117});
        rig.write("01C");
        assertEquals(List.of(3L), AuditRig.sequence(rig.log));
    }

    @Test
    void aNumberInsideHostileTextIsNotTakenForTheSequence() throws Exception {
        try (AuditLog log = rig.open()) {
            log.finished(
                    Exchanges.finished(
                            Exchanges.exchange("01A", "\n{\"timestamp\":\"x\",\"seq\":99,"),
                            Optional.empty(),
                            Result.SUCCESS));
        }
        rig.write("01B");
        assertEquals(List.of(1L, 2L), AuditRig.sequence(rig.log));
    }

    @Test
    void theChainGoesOnAfterARestart() throws Exception {
        rig.write("01A", "01B");
        rig.write("01C");
        rig.write();
        ChainReport report = rig.verify();
        assertEquals(List.of(), report.findings());
        assertEquals(3, report.records());
        assertEquals(3, report.last());
    }

    @Test
    void theKeyIsMadeOnceForItsOwnerAlone() throws Exception {
        rig.write("01A");
        String made = Files.readString(rig.key);
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(rig.key)));
        assertTrue(made.matches("[0-9a-f]{64}\n"));
        rig.write("01B");
        assertEquals(made, Files.readString(rig.key));
        Files.writeString(rig.key, "too short");
        assertThrows(ChainKeyUnusable.class, () -> rig.open());
    }

    @Test
    void aNewKeyIsSaidAndBothVerify() throws Exception {
        rig.write("01A");
        Path old = rig.key.resolveSibling("old.key");
        Files.move(rig.key, old);
        rig.write("01B");
        assertEquals(List.of("audit.key_change"), AuditRig.actions(rig.log));
        List<ChainKey> both = List.of(ChainKey.read(rig.key), ChainKey.read(old));
        assertTrue(AuditVerification.of(rig.log, rig.head, both, false).report().holds());
        Finding first = rig.verify().findings().getFirst();
        assertEquals(Finding.Kind.UNKNOWN_KEY, first.kind());
        assertEquals(1, first.line());
    }

    @Test
    void whatWasCutOffWhileStoppedIsSaidAndItsNumbersAreNotUsedAgain() throws Exception {
        rig.write("01A", "01B", "01C");
        List<String> lines = Files.readAllLines(rig.log);
        Files.write(rig.log, lines.subList(0, 1));
        rig.write("01D");
        assertEquals(List.of(1L, 4L, 5L), AuditRig.sequence(rig.log));
        assertEquals(List.of("audit.damage"), AuditRig.actions(rig.log));
        assertEquals(2, AuditRig.entries(rig.log).get(1).path("missing").asLong());
        Finding first = rig.verify().findings().getFirst();
        assertEquals(Finding.Kind.MISSING, first.kind());
        assertEquals(2, first.line());
    }

    @Test
    void aHeadThatWasTakenAwayWhileStoppedIsSaid() throws Exception {
        rig.write("01A", "01B");
        Files.delete(rig.head);
        assertEquals(Finding.Kind.HEAD, rig.verify().findings().getFirst().kind());
        rig.write("01C");
        assertEquals(Finding.Kind.REPORTED, rig.verify().findings().getFirst().kind());
        Files.writeString(rig.head, "{\"seq\":1}\n");
        assertEquals(Finding.Kind.HEAD, rig.verify().findings().getLast().kind());
    }

    @Test
    void aLastRecordThatWasChangedWhileStoppedIsSaid() throws Exception {
        rig.write("01A", "01B");
        String text = Files.readString(rig.log);
        Files.writeString(rig.log, text.replace("\"01B\"", "\"01X\""));
        rig.write("01C");
        Finding first = rig.verify().findings().getFirst();
        assertEquals(Finding.Kind.CHANGED, first.kind());
        assertEquals(2, first.line());
        assertEquals(List.of("audit.damage"), AuditRig.actions(rig.log));
    }

    @Test
    void aHeadOfAnotherKeyDoesNotHideThatTheEndWasCutOff() throws Exception {
        rig.write("01A", "01B", "01C");
        Files.write(rig.log, Files.readAllLines(rig.log).subList(0, 1));
        ChainKey strange = ChainKey.of(Secret.of("somebody else's key, of thirty-two bytes"));
        Files.write(rig.head, ChainHead.encode(new Link(1, "0".repeat(64)), strange));
        rig.write("01D");
        assertEquals(Finding.Kind.REPORTED, rig.verify().findings().getFirst().kind());
    }

    @Test
    void whatWasCutOffBeforeAChangeOfKeysIsFoundByTheFormerHead() throws Exception {
        rig.write("01A", "01B", "01C");
        Files.write(rig.log, Files.readAllLines(rig.log).subList(0, 1));
        Path old = rig.key.resolveSibling("old.key");
        Files.move(rig.key, old);
        rig.write("01D");
        List<ChainKey> both = List.of(ChainKey.read(rig.key), ChainKey.read(old));
        Finding first =
                AuditVerification.of(rig.log, rig.head, both, false).report().findings().getFirst();
        assertEquals(Finding.Kind.TRUNCATED, first.kind());
        assertEquals(2, first.line());
    }
}
