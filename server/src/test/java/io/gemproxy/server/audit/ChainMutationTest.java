package io.gemproxy.server.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.audit.AuditConfig.Fsync;
import io.gemproxy.server.audit.AuditConfig.OnFailure;
import io.gemproxy.server.audit.AuditConfig.Rotation;
import io.gemproxy.server.audit.LogCopy.Place;
import io.gemproxy.server.audit.chain.ChainReport;
import io.gemproxy.server.audit.chain.Finding;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand ways to change a log, each of which is found, and at the right line. */
class ChainMutationTest {
    private static final int MUTATIONS = 10_000;
    private static final long SEED = 20_261_121;

    @TempDir private Path directory;
    private AuditRig rig;

    @BeforeEach
    void writeALogOfSeveralFiles() throws Exception {
        rig = new AuditRig(directory);
        AuditConfig config =
                rig.config(OnFailure.BLOCK, Fsync.NONE, new Rotation(12_000, false), AuditRig.ALL);
        try (AuditLog log = rig.open(config)) {
            for (int i = 0; i < 60; i++) {
                log.finished(Exchanges.call("01ABC" + i));
                if (i % 5 == 0) {
                    assertTrue(log.flush(AuditRig.PATIENCE));
                }
            }
        }
    }

    @Test
    void theLogItselfHolds() throws Exception {
        LogCopy copy = LogCopy.of(rig);
        assertTrue(copy.files() >= 4, "several files");
        ChainReport report = copy.verify();
        assertEquals(List.of(), report.findings());
        assertTrue(report.records() >= 60);
    }

    @Test
    void everyMutationIsFoundAtItsLine() throws Exception {
        LogCopy whole = LogCopy.of(rig);
        SplittableRandom random = new SplittableRandom(SEED);
        List<Mutation> all = List.of(Mutation.values());
        Map<Mutation, Integer> done = new EnumMap<>(Mutation.class);
        for (int i = 0; i < MUTATIONS; i++) {
            Mutation mutation = all.get(i % all.size());
            LogCopy copy = whole.copy();
            Place expected = mutation.change(copy, random);
            ChainReport report = copy.verify();
            String what = mutation + " no " + i + " of seed " + SEED + ": " + report;
            assertTrue(report.found() > 0, what);
            Finding first = report.findings().getFirst();
            assertEquals(expected, new Place(copy.indexOf(first.file()), (int) first.line()), what);
            done.merge(mutation, 1, Integer::sum);
        }
        assertEquals(all.size(), done.size());
    }
}
