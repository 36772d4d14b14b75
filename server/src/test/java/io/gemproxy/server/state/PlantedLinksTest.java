package io.gemproxy.server.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An administrator's command writes into a directory that belongs to somebody with less power. */
final class PlantedLinksTest {
    private static final byte[] SECRET = "secret".getBytes(StandardCharsets.UTF_8);

    private final LocalDisk disk = new LocalDisk();
    @TempDir private Path directory;

    private Path precious() throws IOException {
        return Files.writeString(directory.resolve("precious"), "untouched");
    }

    @Test
    void aLinkThatWasPlantedIsNotWrittenThrough() throws Exception {
        Path precious = precious();
        Path file = Files.createSymbolicLink(directory.resolve("ring.json.tmp"), precious);
        disk.write(file, SECRET);
        assertEquals("untouched", Files.readString(precious));
        assertFalse(Files.isSymbolicLink(file));
        assertEquals("secret", Files.readString(file));
    }

    @Test
    void aFileThatWasLeftOpenToAllIsNotReused() throws Exception {
        Path file = Files.writeString(directory.resolve("ring.json.tmp"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        disk.write(file, SECRET);
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void nothingIsAppendedOrLockedThroughALink() throws Exception {
        Path precious = precious();
        Path journal = Files.createSymbolicLink(directory.resolve("journal"), precious);
        assertThrows(IOException.class, () -> disk.append(journal, SECRET));
        assertThrows(IOException.class, () -> disk.sync(journal));
        Files.createSymbolicLink(directory.resolve("lock"), precious);
        assertThrows(IOException.class, () -> DirectoryLock.take(directory));
        assertEquals("untouched", Files.readString(precious));
    }

    @Test
    void aLinkIsNotGivenAwayWithWhatItPointsTo() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("/proc/1/status"));
        Ownership.adopt(link, directory);
        assertEquals(Files.getOwner(directory), Files.getOwner(link, LinkOption.NOFOLLOW_LINKS));
    }
}
