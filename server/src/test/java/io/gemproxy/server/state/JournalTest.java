package io.gemproxy.server.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries are appended, survive damage around them, and the file stays bounded. */
final class JournalTest {
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-03-08T09:59:59Z"));

    @TempDir private Path directory;

    private Journal<Memory.Entry> opened(Memory memory) throws IOException {
        return opened(memory.journal());
    }

    private Journal<Memory.Entry> opened(JournalPart<Memory.Entry> part) throws IOException {
        Journal<Memory.Entry> journal =
                new Journal<>(new StateFiles(new LocalDisk(), directory, CLOCK), part, 100);
        journal.load();
        return journal;
    }

    private Path path() {
        return directory.resolve("entries.journal");
    }

    private void save(int entries) throws IOException {
        Memory memory = new Memory();
        Journal<Memory.Entry> journal = opened(memory);
        journal.flush();
        for (int n = 0; n < entries; n++) {
            memory.put("entry-" + n, n);
            journal.flush();
        }
    }

    private List<Path> aside() throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(it -> it.toString().matches(".*(corrupt|newer)-.*")).toList();
        }
    }

    @Test
    void entriesComeBackInTheirOrder() throws IOException {
        save(3);

        Memory memory = new Memory();
        opened(memory);

        assertEquals(
                List.of(
                        new Memory.Entry("entry-0", 0),
                        new Memory.Entry("entry-1", 1),
                        new Memory.Entry("entry-2", 2)),
                memory.restored);
    }

    @Test
    void aFlushAppendsAndDoesNotTouchWhatIsThere() throws IOException {
        save(3);
        byte[] before = Files.readAllBytes(path());
        Memory memory = new Memory();
        Journal<Memory.Entry> journal = opened(memory);
        memory.put("more", 4);
        journal.flush();

        byte[] after = Files.readAllBytes(path());
        assertEquals(before.length, java.util.Arrays.mismatch(before, after));
    }

    @Test
    void whatIsAllLiveIsNotWrittenAnewAfterAStart() throws IOException {
        save(150);
        Object before = Files.getAttribute(path(), "unix:ino");
        Memory memory = new Memory();
        Journal<Memory.Entry> journal = opened(memory);
        memory.put("more", 0);
        journal.flush();

        assertEquals(before, Files.getAttribute(path(), "unix:ino"));
        assertEquals(152, Files.readAllLines(path()).size());
        for (int n = 1; n <= 152; n++) {
            memory.put("more", n);
            journal.flush();
        }
        assertEquals(152, Files.readAllLines(path()).size(), "at last twice what is live");
    }

    @Test
    void aTornEndIsCutAndNothingIsSetAside() throws IOException {
        save(3);
        byte[] whole = Files.readAllBytes(path());
        Files.write(path(), java.util.Arrays.copyOf(whole, whole.length - 5));
        Memory memory = new Memory();
        Journal<Memory.Entry> journal = opened(memory);
        assertEquals(Map.of("entry-0", 0, "entry-1", 1), memory.entries);
        memory.put("entry-3", 3);
        journal.flush();

        Memory again = new Memory();
        opened(again);
        assertEquals(Map.of("entry-0", 0, "entry-1", 1, "entry-3", 3), again.entries);
        assertEquals(List.of(), aside());
    }

    @Test
    void damageInsideCostsOnlyItsEntryAndTheFileIsKeptAside() throws IOException {
        save(3);
        String text = Files.readString(path()).replace("entry-1", "entry-9");
        Files.writeString(path(), text);
        Memory memory = new Memory();
        opened(memory).flush();

        assertEquals(Map.of("entry-0", 0, "entry-2", 2), memory.entries);
        assertEquals(
                List.of(directory.resolve("entries.journal.corrupt-20260308T095959Z")), aside());
        assertEquals(text, Files.readString(aside().getFirst()));
        Memory again = new Memory();
        opened(again);
        assertEquals(memory.entries, again.entries);
        assertEquals(1, aside().size());
    }

    @Test
    void withoutItsFirstLineAJournalIsKeptAside() throws IOException {
        save(3);
        String text = Files.readString(path());
        Files.writeString(path(), text.substring(text.indexOf('\n') + 1));
        Memory memory = new Memory();
        opened(memory);

        assertEquals(Map.of(), memory.entries);
        assertTrue(aside().getFirst().toString().contains("journal.corrupt-"));
    }

    @Test
    void aJournalOfALaterVersionIsKeptAside() throws IOException {
        opened(new Memory().journal(2)).flush();
        Memory memory = new Memory();
        opened(memory).flush();

        assertTrue(aside().getFirst().toString().contains("journal.newer-"));
        assertTrue(Files.exists(path()));
    }

    @Test
    void historyIsDroppedBeforeItOutgrowsWhatIsLive() throws IOException {
        Memory memory = new Memory();
        Journal<Memory.Entry> journal = opened(memory);
        for (int n = 0; n < 1_000; n++) {
            memory.put("the same", n);
            journal.flush();
            assertTrue(Files.readAllLines(path()).size() <= 102);
        }
        Memory again = new Memory();
        opened(again);
        assertEquals(Map.of("the same", 999), again.entries);
    }

    @Test
    void moreChangesThanCanWaitAreWrittenFromWhatIsLive() throws IOException {
        Memory memory = new Memory();
        Journal<Memory.Entry> journal = opened(memory);
        journal.flush();
        for (int n = 0; n < 40_000; n++) {
            memory.put("entry-" + n % 20_000, n);
        }
        journal.flush();

        Memory again = new Memory();
        opened(again);
        assertEquals(memory.entries, again.entries);
    }

    @Test
    void theLastServerLeavesOnlyWhatIsLive() throws IOException {
        Memory memory = new Memory();
        Journal<Memory.Entry> journal = opened(memory);
        journal.flush();
        for (int n = 0; n < 50; n++) {
            memory.put("entry-" + n % 5, n);
            journal.flush();
        }
        assertEquals(51, Files.readAllLines(path()).size());

        journal.finish();

        assertEquals(6, Files.readAllLines(path()).size());
        Memory again = new Memory();
        Journal<Memory.Entry> next = opened(again);
        assertEquals(memory.entries, again.entries);
        Files.delete(path());
        next.flush();
        next.finish();
        assertFalse(Files.exists(path()), "there was no history to drop");
    }

    @Test
    void nothingIsWrittenWhileNothingChanges() throws IOException {
        Memory memory = new Memory();
        Journal<Memory.Entry> journal = opened(memory);
        journal.flush();
        Files.delete(path());
        journal.flush();

        assertFalse(Files.exists(path()));
    }
}
