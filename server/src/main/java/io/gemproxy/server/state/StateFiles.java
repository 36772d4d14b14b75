package io.gemproxy.server.state;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * How files of the state directory are replaced, and put aside, so that a crash never costs one.
 */
final class StateFiles {
    private static final System.Logger LOG = System.getLogger(StateFiles.class.getName());
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Disk disk;
    private final Path directory;
    private final InstantSource clock;

    StateFiles(Disk disk, Path directory, InstantSource clock) {
        this.disk = disk;
        this.directory = directory;
        this.clock = clock;
    }

    Disk disk() {
        return disk;
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    /** After a crash anywhere inside it the file is the old one or the new one, whole. */
    void replace(Path file, byte[] bytes) throws IOException {
        disk.move(prepared(file, bytes), file);
        disk.syncDirectory(directory);
    }

    /** As {@link #replace}, and the old one stays under another name. */
    void replaceKeeping(Path file, Path previous, byte[] bytes) throws IOException {
        Path fresh = prepared(file, bytes);
        if (disk.exists(file)) {
            disk.move(file, previous);
        }
        disk.move(fresh, file);
        disk.syncDirectory(directory);
    }

    private Path prepared(Path file, byte[] bytes) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
        disk.write(fresh, bytes);
        disk.sync(fresh);
        return fresh;
    }

    /** Gives a file that cannot be used another name and says so aloud. */
    void setAside(Path file, String kind, String why) throws IOException {
        Path aside = asideOf(file, kind);
        disk.move(file, aside);
        disk.syncDirectory(directory);
        warn(file, aside, why);
    }

    /** Copies a file of which a part can be used and says so aloud. */
    void copyAside(Path file, byte[] content, String why) throws IOException {
        Path aside = asideOf(file, "corrupt");
        disk.write(aside, content);
        disk.sync(aside);
        disk.syncDirectory(directory);
        warn(file, aside, why);
    }

    private static void warn(Path file, Path aside, String why) {
        LOG.log(Level.WARNING, "state: " + file + ": " + why + "; it is kept as " + aside);
    }

    private Path asideOf(Path file, String kind) {
        String name = file.getFileName() + "." + kind + "-" + STAMP.format(clock.instant());
        Path aside = file.resolveSibling(name);
        for (int more = 2; disk.exists(aside); more++) {
            aside = file.resolveSibling(name + "-" + more);
        }
        return aside;
    }
}
