package io.gemproxy.server.reload.writing;

import io.gemproxy.server.config.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What is to become of files, and what they were before. */
final class FileChanges {
    private final List<ConfigFile> before = new ArrayList<>();
    private final List<ConfigFile> after = new ArrayList<>();
    private final List<Path> missing = new ArrayList<>();

    private FileChanges() {}

    /** From what is on disk now; a file that has this content already is left alone. */
    static FileChanges to(List<ConfigFile> wanted) throws IOException {
        FileChanges changes = new FileChanges();
        for (ConfigFile file : wanted) {
            Optional<byte[]> old = content(file.path());
            if (old.isEmpty()) {
                changes.missing.add(file.path());
                changes.after.add(file);
            } else if (!Arrays.equals(old.get(), file.bytes())) {
                changes.before.add(new ConfigFile(file.path(), old.get()));
                changes.after.add(file);
            }
        }
        return changes;
    }

    private static Optional<byte[]> content(Path file) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    boolean isEmpty() {
        return after.isEmpty();
    }

    /** Keeps what is there; the files that hold it. */
    List<Path> backUp(Instant at) throws IOException {
        List<Path> backups = new ArrayList<>();
        for (ConfigFile file : before) {
            backups.add(FileReplacement.backup(file.path(), file.bytes(), at));
        }
        return backups;
    }

    /**
     * Makes all of them.
     *
     * @throws IOException if one cannot be made; those before it are
     */
    void make() throws IOException {
        for (ConfigFile file : after) {
            if (missing.contains(file.path())) {
                FileReplacement.create(file.path(), file.bytes());
            } else {
                FileReplacement.replace(file.path(), file.bytes());
            }
        }
    }

    /** Puts back what is not as it was; a full disk is no trouble where nothing was changed. */
    void takeBack() throws IOException {
        for (ConfigFile file : before) {
            if (!Arrays.equals(content(file.path()).orElse(null), file.bytes())) {
                FileReplacement.replace(file.path(), file.bytes());
            }
        }
        for (Path file : missing) {
            Files.deleteIfExists(file);
        }
    }
}
