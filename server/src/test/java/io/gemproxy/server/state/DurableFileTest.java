package io.gemproxy.server.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DurableFileTest {
    /** Something to keep. */
    record Kept(List<String> names) {}

    private static final Kept VALUE = new Kept(List.of("one", "two"));

    @TempDir private Path directory;

    private DurableFile<Kept> file() {
        return DurableFile.in(directory, "kept.json", Kept.class);
    }

    @Test
    void whatWasWrittenLastIsRead() throws IOException {
        assertEquals(Optional.empty(), file().read());
        file().replace(new Kept(List.of()));
        file().replace(VALUE);
        assertEquals(Optional.of(VALUE), file().read());
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory.resolve("kept.json"))));
    }

    @Test
    void everyChangedOrMissingByteIsDamage() throws IOException {
        file().replace(VALUE);
        Path path = directory.resolve("kept.json");
        byte[] whole = Files.readAllBytes(path);
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            Files.write(path, changed);
            assertThrows(StateDamaged.class, file()::read, "byte " + at);
            Files.write(path, java.util.Arrays.copyOf(whole, at));
            assertThrows(StateDamaged.class, file()::read, "cut at " + at);
        }
    }

    @Test
    void aFileOfALaterVersionIsNotGuessedAt() throws IOException {
        Files.write(
                directory.resolve("kept.json"),
                JournalLines.line("{\"format\":2,\"value\":{}}".getBytes(StandardCharsets.UTF_8)));
        StateDamaged later = assertThrows(StateDamaged.class, file()::read);
        assertTrue(String.valueOf(later.getMessage()).contains("later gemproxy"));
    }

    @Test
    void aServerIsKeptOutWhileSomebodyHasTheLock() throws IOException {
        try (DirectoryLock _ = DirectoryLock.take(directory.resolve("new"))) {
            assertThrows(
                    StateDirectoryTaken.class,
                    () -> DirectoryLock.take(directory.resolve("new")).close());
        }
        DirectoryLock.take(directory.resolve("new")).close();
    }
}
