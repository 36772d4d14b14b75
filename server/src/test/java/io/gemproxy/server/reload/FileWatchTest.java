package io.gemproxy.server.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The watch sees whatever happens to a file, once, and never half of it. */
class FileWatchTest {
    @TempDir private Path directory;

    private final AtomicInteger changes = new AtomicInteger();
    private final AtomicBoolean on = new AtomicBoolean(true);
    private final List<Path> files = new ArrayList<>();
    private Path file;
    private FileWatch watch;

    @BeforeEach
    void begin() throws IOException {
        file = Files.writeString(directory.resolve("proxy.yaml"), "one");
        files.add(file);
        watch = new FileWatch(() -> files, on::get, changes::incrementAndGet);
    }

    @Test
    void nothingHappensWhileNothingChanges() {
        looks(5);
        assertEquals(0, changes.get());
    }

    @Test
    void aChangeInPlaceCountsOnceItStandsStill() throws IOException {
        Files.writeString(file, "two");
        looks(1);
        assertEquals(0, changes.get(), "it may be half written");
        looks(5);
        assertEquals(1, changes.get());
    }

    @Test
    void whatIsChangedBackIsToldOnceAsTouched() throws IOException {
        Files.writeString(file, "two");
        assertFalse(watch.look());
        Files.writeString(file, "one");
        assertFalse(watch.look(), "it may be half written");
        assertTrue(watch.look());
        assertFalse(watch.look());
        assertEquals(0, changes.get());
    }

    @Test
    void aFileThatIsStillWrittenIsNotRead() throws IOException {
        for (int i = 0; i < 5; i++) {
            Files.writeString(file, "part " + "x".repeat(i));
            looks(1);
            assertEquals(0, changes.get());
        }
        looks(2);
        assertEquals(1, changes.get());
    }

    @Test
    void aChangeThatKeepsSizeAndTimeIsSeen() throws IOException {
        var time = Files.getLastModifiedTime(file);
        Files.writeString(file, "eno");
        Files.setLastModifiedTime(file, time);
        looks(2);
        assertEquals(1, changes.get());
    }

    @Test
    void anotherFileInItsPlaceIsSeen() throws IOException {
        Path next = Files.writeString(directory.resolve("next"), "two");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        looks(2);
        assertEquals(1, changes.get());
    }

    @Test
    void anEditorThatRemovesAndWritesAnewIsSeenAsOneChange() throws IOException {
        Files.delete(file);
        looks(1);
        Files.writeString(file, "two");
        looks(3);
        assertEquals(1, changes.get());
    }

    @Test
    void aFileThatIsGoneIsSeenAndSoIsItsReturn() throws IOException {
        Files.delete(file);
        looks(2);
        assertEquals(1, changes.get());
        Files.writeString(file, "one");
        looks(2);
        assertEquals(2, changes.get());
    }

    @Test
    void aLinkThatLeadsElsewhereIsSeen() throws IOException {
        Path first = Files.createDirectory(directory.resolve("..1"));
        Path second = Files.createDirectory(directory.resolve("..2"));
        Files.writeString(first.resolve("keys.yaml"), "one");
        Files.writeString(second.resolve("keys.yaml"), "two");
        Path data = Files.createSymbolicLink(directory.resolve("..data"), first);
        files.add(
                Files.createSymbolicLink(
                        directory.resolve("keys.yaml"), data.resolve("keys.yaml")));
        looks(2);
        assertEquals(0, changes.get(), "a file that is watched from now on has not changed");
        Path swapped = Files.createSymbolicLink(directory.resolve("..tmp"), second);
        Files.move(swapped, data, StandardCopyOption.ATOMIC_MOVE);
        looks(2);
        assertEquals(1, changes.get());
    }

    @Test
    void whoeverTouchesAFileOrPutsTheSameInItsPlaceChangesNothing() throws IOException {
        Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(1));
        looks(2);
        Path same = Files.writeString(directory.resolve("next"), "one");
        Files.move(same, file, StandardCopyOption.ATOMIC_MOVE);
        looks(2);
        assertEquals(0, changes.get());
    }

    @Test
    void switchedOffItSeesNothingUntilItIsSwitchedOn() throws IOException {
        on.set(false);
        Files.writeString(file, "two");
        looks(3);
        assertEquals(0, changes.get());
        on.set(true);
        looks(2);
        assertEquals(1, changes.get());
    }

    private void looks(int times) {
        for (int i = 0; i < times; i++) {
            watch.look();
        }
    }
}
