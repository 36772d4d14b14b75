package io.gemproxy.server.listener.certificates.acme;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that are whole or not there, on the medium before anybody relies on them. */
final class PrivateFile {
    static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");
    static final Set<PosixFilePermission> EVERYBODY_READS =
            PosixFilePermissions.fromString("rw-r--r--");

    private PrivateFile() {}

    /** Makes a directory that only its owner may enter, if there is none. */
    static void directory(Path directory) throws IOException {
        Files.createDirectories(
                directory,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Replaces a file in one step; the other one is what a crash leaves behind. */
    static void replace(Path file, String text, Set<PosixFilePermission> mode) throws IOException {
        Path fresh = sibling(file);
        write(fresh, text, mode);
        move(fresh, file);
    }

    /** Writes a file that is not there yet, or is of no use. */
    static void write(Path file, String text, Set<PosixFilePermission> mode) throws IOException {
        // an old one may have another mode, or be a link that was planted to be written through
        Files.deleteIfExists(file);
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(OWNER))) {
            ByteBuffer rest = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        Files.setPosixFilePermissions(file, mode);
    }

    /** Gives a file another's name in one step. */
    static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncDirectory(parent(to));
    }

    static void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static Path parent(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException(file + " is not a file");
        }
        return parent;
    }

    private static Path sibling(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".new");
    }
}
