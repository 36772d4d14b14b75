package io.gemproxy.server.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a state file says of itself, and what becomes of one that cannot be used. */
final class StateFileTest {
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-03-08T09:59:59Z"));

    @TempDir private Path directory;

    private StateFile file(StatePart<?>... parts) {
        return new StateFile(new StateFiles(new LocalDisk(), directory, CLOCK), List.of(parts));
    }

    private void save(int... numbers) throws IOException {
        Memory memory = new Memory();
        StateFile file = file(memory.part());
        for (int number : numbers) {
            memory.number = number;
            file.flush();
        }
    }

    private int load() throws IOException {
        Memory memory = new Memory();
        file(memory.part()).load();
        return memory.number;
    }

    private Path path(String name) {
        return directory.resolve(name);
    }

    @Test
    void anEmptyDirectoryHoldsNothing() throws IOException {
        assertEquals(0, load());
    }

    @Test
    void theNewestGenerationCountsAndOnlyItsOwnerMayReadIt() throws IOException {
        save(7, 8);

        assertEquals(8, load());
        for (String name : List.of("state.json", "state.json.previous")) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(path(name))));
        }
    }

    @Test
    void withoutItTheOneBeforeCounts() throws IOException {
        save(7, 8);
        Files.delete(path("state.json"));

        assertEquals(7, load());
    }

    @Test
    void anyDamagedByteIsFoundAndTheFileIsKeptAside() throws IOException {
        save(7, 8);
        byte[] good = Files.readAllBytes(path("state.json"));
        for (int at = 0; at < good.length; at += at < 120 ? 1 : 331) {
            byte[] bad = good.clone();
            bad[at] ^= 1;
            Files.write(path("state.json"), bad);

            assertEquals(7, load(), "byte " + at);
            Path aside = aside();
            assertArrayEquals(bad, Files.readAllBytes(aside));
            Files.delete(aside);
        }
    }

    private Path aside() throws IOException {
        try (var files = Files.list(directory)) {
            List<Path> aside =
                    files.filter(it -> it.toString().matches(".*(corrupt|newer)-.*")).toList();
            assertEquals(1, aside.size(), aside::toString);
            return aside.getFirst();
        }
    }

    @Test
    void aSecondFileAsideDoesNotReplaceTheFirst() throws IOException {
        for (String content : List.of("one", "two", "three")) {
            Files.writeString(path("state.json"), content);
            assertEquals(0, load());
        }
        String name = "state.json.corrupt-20260308T095959Z";
        assertEquals("one", Files.readString(path(name)));
        assertEquals("two", Files.readString(path(name + "-2")));
        assertEquals("three", Files.readString(path(name + "-3")));
    }

    @Test
    void aFileOfALaterFormatIsKeptAside() throws IOException {
        save(7, 8);
        Files.writeString(path("state.json"), "{\"format\":2}\nwhatever it is then");

        assertEquals(7, load());
        assertTrue(Files.exists(path("state.json.newer-20260308T095959Z")));
    }

    @Test
    void aPartOfALaterVersionPutsItsFileAside() throws IOException {
        Memory later = new Memory();
        later.number = 9;
        file(later.part(2)).flush();

        assertEquals(0, load());
        assertTrue(Files.exists(path("state.json.newer-20260308T095959Z")));
    }

    @Test
    void aPartThatIsNotInItsFormIsDamage() throws IOException {
        file(new StatePart<>("numbered", 1, String.class, () -> "no object", value -> {})).flush();

        assertEquals(0, load());
        assertTrue(Files.exists(path("state.json.corrupt-20260308T095959Z")));
    }

    @Test
    void aPartNobodyKnowsIsWrittenAgain() throws IOException {
        Memory known = new Memory();
        StatePart<String> other = new StatePart<>("other", 3, String.class, () -> "kept", it -> {});
        file(known.part(), other).flush();
        StateFile withoutIt = file(known.part());
        withoutIt.load();
        known.number = 5;
        withoutIt.flush();

        StringBuilder found = new StringBuilder();
        file(known.part(), new StatePart<>("other", 3, String.class, () -> "", found::append))
                .load();
        assertEquals("kept", found.toString());
        assertEquals(5, known.number);
    }

    @Test
    void momentsAreReadable() throws IOException {
        Instant until = Instant.parse("2026-03-09T07:00:00Z");
        Instant[] found = new Instant[1];
        StatePart<Instant> part =
                new StatePart<>("until", 1, Instant.class, () -> until, it -> found[0] = it);
        file(part).flush();
        file(part).load();

        assertEquals(until, found[0]);
        String text = Files.readString(path("state.json"), StandardCharsets.UTF_8);
        assertTrue(text.contains("\"2026-03-09T07:00:00Z\""), text);
    }

    @Test
    void whatHasNotChangedIsNotWritten() throws IOException {
        Memory memory = new Memory();
        StateFile file = file(memory.part());
        memory.number = 1;
        file.flush();
        Object first = identity();
        file.flush();
        assertEquals(first, identity());

        memory.number = 2;
        file.flush();
        assertNotEquals(first, identity());
    }

    private Object identity() throws IOException {
        return Files.readAttributes(
                        path("state.json"), java.nio.file.attribute.BasicFileAttributes.class)
                .fileKey();
    }
}
