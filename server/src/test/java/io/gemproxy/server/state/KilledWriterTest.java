package io.gemproxy.server.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that ends at each call to a real disk, and within each write. */
final class KilledWriterTest {
    /** More than two flushes make. */
    private static final int CALLS = 18;

    @TempDir private Path directory;

    private Memory restored() throws IOException {
        StateFiles files = new StateFiles(new LocalDisk(), directory, InstantSource.system());
        Memory memory = new Memory();
        new StateFile(files, List.of(memory.part())).load();
        StateWriter.journal(files, memory).load();
        return memory;
    }

    @Test
    void theNextProcessFindsWhatWasSavedLast() throws Exception {
        int number = 0;
        int entry = 0;
        for (int calls = 0; calls < CALLS; calls++) {
            int said = killedAfter(calls);
            int lastNumber = Math.max(said, number);
            int lastEntry = Math.max(said, entry);
            Memory memory = restored();
            number = memory.number;
            entry = memory.entries.values().stream().mapToInt(it -> it).max().orElse(0);

            assertTrue(number == lastNumber || number == lastNumber + 1, number + ", " + said);
            assertTrue(entry == lastEntry || entry == number, entry + ", " + said);
        }
        try (var files = Files.list(directory)) {
            assertEquals(
                    List.of(), files.filter(it -> it.toString().contains(".corrupt")).toList());
        }
    }

    /** The last number it says it saved, 0 if none. */
    private int killedAfter(int calls) throws Exception {
        Path out = directory.resolve("said.tmp");
        Process process =
                new ProcessBuilder(
                                ChildJvm.command(
                                        StateWriter.class,
                                        directory.toString(),
                                        String.valueOf(calls)))
                        .redirectOutput(out.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still runs");
            assertEquals(StateWriter.EXIT, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
        List<String> said = Files.readAllLines(out, StandardCharsets.UTF_8);
        return said.isEmpty() ? 0 : Integer.parseInt(said.getLast());
    }
}
