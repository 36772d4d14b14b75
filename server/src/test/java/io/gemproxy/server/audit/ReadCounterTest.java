package io.gemproxy.server.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.audit.chain.ChainKey;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who reads a whole log is told how far it is, in bytes on disk. */
final class ReadCounterTest {
    private final List<Long> told = new ArrayList<>();
    private long whole;

    @TempDir private Path directory;

    @Test
    void filesAreCountedAsTheyAreOnDiskCompressedOrNot() throws Exception {
        Path compressed = directory.resolve("audit.log.1.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
            out.write("a line\n".repeat(50_000).getBytes(StandardCharsets.UTF_8));
        }
        Path plain = Files.writeString(directory.resolve("audit.log"), "a line\n".repeat(30_000));
        List<Path> files = List.of(compressed, plain);

        ReadCounter counter = new ReadCounter(files, this::hear);
        for (Path file : files) {
            try (InputStream in = RotatedFiles.open(file, counter.open(file))) {
                assertTrue(in.readAllBytes().length >= 210_000);
            }
        }

        assertEquals(Files.size(compressed) + Files.size(plain), whole);
        assertEquals(whole, told.getLast());
        assertEquals(told.stream().sorted().toList(), told);
        assertTrue(told.contains(Files.size(compressed)), told::toString);
    }

    @Test
    void aVerificationTellsItsWayToTheEnd() throws Exception {
        AuditRig rig = new AuditRig(directory);
        rig.write("one", "two", "three");
        AuditVerification.of(rig.log, rig.head, List.of(ChainKey.read(rig.key)), false, this::hear);
        assertEquals(Files.size(rig.log), whole);
        assertEquals(whole, told.getLast());
    }

    private void hear(long done, long of) {
        told.add(done);
        whole = of;
    }
}
