package io.gemproxy.server.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A power cut after each call to the disk, and within each write, with all it may cost. */
final class PowerCutTest {
    private static final Path DIRECTORY = Path.of("state");
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
    private static final Logger TALK = Logger.getLogger(Journal.class.getPackageName());

    /** A line a cut would drown the log. */
    @BeforeAll
    static void hush() {
        TALK.setLevel(Level.WARNING);
    }

    @AfterAll
    static void talk() {
        TALK.setLevel(null);
    }

    private final AtomicInteger cuts = new AtomicInteger();

    private static StateFiles files(Disk disk) {
        return new StateFiles(disk, DIRECTORY, CLOCK);
    }

    private static void load(Stored stored) {
        try {
            stored.load();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void assertNothingAside(MemoryDisk disk) {
        for (Path file : disk.content().keySet()) {
            assertTrue(
                    file.toString().matches(".*\\.(json|previous|journal|tmp)"),
                    "a cut looks like damage: " + file);
        }
    }

    private int numberIn(Map<Path, byte[]> image) {
        cuts.incrementAndGet();
        MemoryDisk disk = new MemoryDisk(image);
        Memory found = new Memory();
        load(new StateFile(files(disk), List.of(found.part())));
        assertNothingAside(disk);
        return found.number;
    }

    @Test
    void theStateFileIsTheOldOneOrTheNewOne() throws IOException {
        MemoryDisk disk = new MemoryDisk();
        Memory memory = new Memory();
        StateFile file = new StateFile(files(disk), List.of(memory.part()));
        for (int n = 1; n <= 5; n++) {
            int before = n - 1;
            int after = n;
            disk.onCrash(image -> {
                int found = numberIn(image);
                assertTrue(found == before || found == after, () -> before + " became " + found);
            });
            memory.number = n;
            file.flush();

            disk.onCrash(image -> assertEquals(after, numberIn(image)));
            disk.syncDirectory(DIRECTORY);
        }
        assertTrue(cuts.get() > 500, () -> "only " + cuts);
    }

    private List<Integer> valuesIn(Map<Path, byte[]> image) {
        cuts.incrementAndGet();
        MemoryDisk disk = new MemoryDisk(image);
        Memory found = new Memory();
        load(new Journal<>(files(disk), found.journal()));
        assertNothingAside(disk);
        return found.entries.values().stream().sorted().toList();
    }

    /** Three new entries a flush; written anew whenever ten more were appended. */
    @Test
    void theJournalHasAllOfEarlierFlushesAndABeginningOfTheLast() throws IOException {
        MemoryDisk disk = new MemoryDisk();
        Memory memory = new Memory();
        Journal<Memory.Entry> journal = new Journal<>(files(disk), memory.journal(), 10);
        load(journal);
        for (int flush = 0; flush < 15; flush++) {
            int before = 3 * flush;
            disk.onCrash(image -> {
                List<Integer> found = valuesIn(image);
                assertTrue(found.size() >= before && found.size() <= before + 3);
                assertEquals(upTo(found.size()), found);
            });
            for (int n = before; n < before + 3; n++) {
                memory.put("entry-" + n, n);
            }
            journal.flush();

            disk.onCrash(image -> assertEquals(upTo(before + 3), valuesIn(image)));
            disk.syncDirectory(DIRECTORY);
        }
        assertTrue(cuts.get() > 500, () -> "only " + cuts);
    }

    private static List<Integer> upTo(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    /** Each call fails once; what was not written then is written by the next flush. */
    @Test
    void aFailedCallCostsNothingOnceTheDiskWorksAgain() throws IOException {
        for (boolean inTheMiddle : new boolean[] {false, true}) {
            int call = 0;
            boolean reached = true;
            while (reached) {
                reached = failedOnce(call++, inTheMiddle);
            }
            assertTrue(call > 8, "only " + call + " calls");
        }
    }

    /** Whether there was such a call. */
    private static boolean failedOnce(int call, boolean inTheMiddle) throws IOException {
        MemoryDisk disk = new MemoryDisk();
        FailingDisk failing =
                new FailingDisk(
                        disk,
                        () -> {
                            throw new IOException("injected");
                        });
        Memory memory = new Memory();
        StateFile file = new StateFile(files(failing), List.of(memory.part()));
        Journal<Memory.Entry> journal = new Journal<>(files(failing), memory.journal());
        load(journal);
        failing.failAfter(call, inTheMiddle);
        int failures = 0;
        for (int n = 1; n <= 2; n++) {
            memory.number = n;
            memory.put("entry-" + n, n);
            failures += failures(file) + failures(journal);
            Memory between = restored(disk);
            assertTrue(between.number == n || (between.number == n - 1 && failures == 1));
            assertTrue(between.entries.size() >= n - failures);
        }
        if (failures == 1) {
            assertEquals(0, failures(file) + failures(journal));
        }
        assertEquals(2, restored(disk).number);
        assertEquals(Map.of("entry-1", 1, "entry-2", 2), restored(disk).entries);
        return failures == 1;
    }

    private static int failures(Stored stored) {
        try {
            stored.flush();
            return 0;
        } catch (IOException injected) {
            return 1;
        }
    }

    private static Memory restored(MemoryDisk disk) {
        MemoryDisk copy = new MemoryDisk(disk.content());
        Memory memory = new Memory();
        load(new StateFile(files(copy), List.of(memory.part())));
        load(new Journal<>(files(copy), memory.journal()));
        assertNothingAside(copy);
        return memory;
    }
}
