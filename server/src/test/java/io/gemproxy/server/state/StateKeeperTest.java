package io.gemproxy.server.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The thread that writes, the directory it writes to, and who else may. */
final class StateKeeperTest {
    private static final Duration LONG = Duration.ofHours(1);

    @TempDir private Path parent;

    private StateKeeper opened(Memory memory, Disk disk, Duration interval) throws IOException {
        return StateKeeper.open(
                parent.resolve("a/var"),
                List.of(memory.part()),
                List.of(memory.journal()),
                InstantSource.system(),
                disk,
                interval);
    }

    @Test
    void whatIsThereAtTheCloseComesBack() throws IOException {
        Memory memory = new Memory();
        try (StateKeeper keeper = opened(memory, new LocalDisk(), LONG)) {
            memory.number = 3;
            memory.put("entry", 4);
            assertEquals(0, keeper.failures());
        }
        Memory again = new Memory();
        opened(again, new LocalDisk(), LONG).close();

        assertEquals(3, again.number);
        assertEquals(Map.of("entry", 4), again.entries);
        assertEquals(
                "rwx------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(parent.resolve("a/var"))));
    }

    @Test
    void aSecondServerIsToldWhoseDirectoryItIs() throws IOException {
        try (StateKeeper keeper = opened(new Memory(), new LocalDisk(), LONG)) {
            StateDirectoryTaken taken =
                    assertThrows(
                            StateDirectoryTaken.class,
                            () -> opened(new Memory(), new LocalDisk(), LONG));
            assertTrue(
                    String.valueOf(taken.getMessage()).startsWith("state.dir: " + parent),
                    taken::toString);
            assertEquals(0, keeper.failures());
        }
        opened(new Memory(), new LocalDisk(), LONG).close();
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsNamed() throws IOException {
        Files.createDirectories(parent.resolve("a"));
        Files.writeString(parent.resolve("a/var"), "");

        IOException failure =
                assertThrows(IOException.class, () -> opened(new Memory(), new LocalDisk(), LONG));
        assertTrue(
                String.valueOf(failure.getMessage()).startsWith("state.dir: "), failure::toString);
    }

    @Test
    void whoWaitsForAChangeHasItWrittenAtOnce() throws Exception {
        Memory memory = new Memory();
        try (StateKeeper keeper = opened(memory, new LocalDisk(), LONG)) {
            memory.entries.put("awaited", 4);
            long position = memory.changes.add(new Memory.Entry("awaited", 4));
            assertTrue(memory.changes.await(position, Duration.ofMinutes(1)));
            assertTrue(
                    Files.readString(parent.resolve("a/var/entries.journal")).contains("awaited"));
            assertEquals(0, keeper.failures());
        }
    }

    @Test
    void nobodyWaitsForADiskThatIsInTrouble() throws Exception {
        FailingDisk disk =
                new FailingDisk(
                        new LocalDisk(),
                        () -> {
                            throw new IOException("No space left on device");
                        });
        Memory memory = new Memory();
        StateKeeper keeper = opened(memory, disk, LONG);
        disk.failAlways();
        for (int i = 0; i < 100; i++) {
            long position = memory.changes.add(new Memory.Entry("entry", i));
            assertFalse(memory.changes.await(position, Duration.ofMinutes(1)));
        }
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (keeper.failures() == 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertEquals(1, keeper.failures(), "tried once, whoever waits");
        keeper.close();
    }

    /** The disk fails until the keeper has counted three failures, then works. */
    @Test
    void aDiskThatFailsIsTriedAgain() throws Exception {
        CountDownLatch failed = new CountDownLatch(3);
        CountDownLatch written = new CountDownLatch(1);
        AtomicBoolean works = new AtomicBoolean();
        FailingDisk disk =
                new FailingDisk(
                        new LocalDisk(),
                        () -> {
                            failed.countDown();
                            if (!works.get()) {
                                throw new IOException("No space left on device");
                            }
                            written.countDown();
                        });
        disk.failAlways();
        Memory memory = new Memory();
        memory.number = 3;
        try (StateKeeper keeper = opened(memory, disk, Duration.ofMillis(1))) {
            assertTrue(failed.await(10, TimeUnit.SECONDS));
            works.set(true);
            assertTrue(written.await(10, TimeUnit.SECONDS));
            assertTrue(keeper.failures() >= 2);
        }
        Memory again = new Memory();
        opened(again, new LocalDisk(), LONG).close();
        assertEquals(3, again.number);
    }
}
