package io.gemproxy.server.listener.certificates;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Writes PEM files whole or not at all, with their modes from the first byte on. */
final class PemOutput {
    static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");
    static final Set<PosixFilePermission> PUBLIC = PosixFilePermissions.fromString("rw-r--r--");
    private static final FileAttribute<?> PRIVATE_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final boolean force;

    /**
     * @param force whether an existing file may be replaced
     */
    PemOutput(boolean force) {
        this.force = force;
    }

    void mustBeWritable(Path file) throws IOException {
        if (!force && Files.exists(file)) {
            throw new FileAlreadyExistsException(
                    file.toString(), null, "is there already and is not overwritten");
        }
    }

    void write(Path file, String text, Set<PosixFilePermission> mode) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null && !Files.isDirectory(directory)) {
            Files.createDirectories(directory, PRIVATE_DIRECTORY);
        }
        Path draft =
                Files.createTempFile(
                        directory, ".pem-", ".tmp", PosixFilePermissions.asFileAttribute(PRIVATE));
        try {
            Files.write(draft, text.getBytes(StandardCharsets.US_ASCII));
            Files.setPosixFilePermissions(draft, mode);
            place(draft, file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private void place(Path draft, Path file) throws IOException {
        if (force) {
            Files.move(
                    draft,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.move(draft, file);
        }
    }
}
