package io.gemproxy.server.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values that are added one after the other. */
final class DurableSeriesTest {
    /** Something to keep. */
    record Kept(String text) {}

    @TempDir private Path directory;

    private DurableSeries<Kept> series(int mostValues, long mostBytes) {
        return DurableSeries.in(directory, "series", Kept.class, mostValues, mostBytes);
    }

    @Test
    void eachValueHasANumberAndIsForItsOwnerAlone() throws IOException {
        assertEquals(List.of(), series(9, 9_999).numbers());
        assertEquals(1, series(9, 9_999).add(new Kept("a")));
        assertEquals(2, series(9, 9_999).add(new Kept("b")));
        assertEquals(List.of(1, 2), series(9, 9_999).numbers());
        assertEquals(Optional.of(new Kept("b")), series(9, 9_999).read(2));
        assertEquals(Optional.empty(), series(9, 9_999).read(3));
        assertEquals("rwx------", mode(directory.resolve("series")));
        assertEquals("rw-------", mode(directory.resolve("series/00000001.json")));
    }

    @Test
    void theOldestGiveWayByCountAndBySizeButNeverTheNewest() throws IOException {
        for (String text : List.of("a", "b", "c", "d")) {
            series(3, 9_999).add(new Kept(text));
        }
        assertEquals(List.of(2, 3, 4), series(3, 9_999).numbers());
        series(3, 1).add(new Kept("e"));
        assertEquals(List.of(5), series(3, 1).numbers());
    }

    @Test
    void aDamagedValueCostsItself() throws IOException {
        series(9, 9_999).add(new Kept("a"));
        series(9, 9_999).add(new Kept("b"));
        Files.writeString(directory.resolve("series/00000001.json"), "nonsense");
        Files.writeString(directory.resolve("series/notes.txt"), "a stranger");
        assertEquals(Optional.empty(), series(9, 9_999).read(1));
        assertEquals(Optional.of(new Kept("b")), series(9, 9_999).read(2));
        assertEquals(List.of(1, 2), series(9, 9_999).numbers());
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
