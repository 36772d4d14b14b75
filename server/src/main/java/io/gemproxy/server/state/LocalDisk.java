package io.gemproxy.server.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** The file system of this machine. */
final class LocalDisk implements Disk {
    @Override
    public Optional<byte[]> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    @Override
    public void write(Path file, byte[] bytes) throws IOException {
        // an old file may have another mode, or be a link that was planted to be written through
        Files.deleteIfExists(file);
        put(file, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
    public void append(Path file, byte[] bytes) throws IOException {
        put(file, bytes, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
    }

    private static void put(Path file, byte[] bytes, OpenOption... options) throws IOException {
        var mode = PosixFilePermissions.fromString("rw-------");
        try (FileChannel channel =
                FileChannel.open(
                        file, Set.of(options), PosixFilePermissions.asFileAttribute(mode))) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }
    }

    @Override
    public void sync(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            channel.force(true);
        }
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public boolean exists(Path file) {
        return Files.exists(file);
    }
}
