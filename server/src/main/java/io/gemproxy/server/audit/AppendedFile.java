package io.gemproxy.server.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The audit file on disk: mode 0640, appended to, its last line always ended. */
final class AppendedFile implements AuditFile {
    private final Path path;
    private final FileChannel channel;
    private final @Nullable Object identity;

    private AppendedFile(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        this.identity = identity(path);
    }

    static AuditFile open(Path path) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        FileChannel channel = channel(path);
        try {
            endTornLine(path, channel);
            return new AppendedFile(path, channel);
        } catch (IOException failure) {
            channel.close();
            throw failure;
        }
    }

    private static FileChannel channel(Path path) throws IOException {
        var mode = PosixFilePermissions.fromString("rw-r-----");
        try {
            FileChannel made =
                    FileChannel.open(
                            path,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND),
                            PosixFilePermissions.asFileAttribute(mode));
            // whatever the umask took away
            Files.setPosixFilePermissions(path, mode);
            return made;
        } catch (FileAlreadyExistsException existing) {
            return FileChannel.open(path, StandardOpenOption.APPEND);
        }
    }

    /** A crash may have left half a line; ours must not continue it. */
    private static void endTornLine(Path path, FileChannel channel) throws IOException {
        long size = channel.size();
        if (size == 0 || !Files.isRegularFile(path)) {
            return;
        }
        ByteBuffer last = ByteBuffer.allocate(1);
        try (FileChannel reader = FileChannel.open(path, StandardOpenOption.READ)) {
            reader.read(last, size - 1);
        }
        if (last.get(0) != '\n') {
            ByteBuffer newline = ByteBuffer.wrap(new byte[] {'\n'});
            while (newline.hasRemaining()) {
                channel.write(newline);
            }
        }
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        return channel.write(bytes);
    }

    @Override
    public void force() throws IOException {
        channel.force(false);
    }

    @Override
    public boolean isReplaced() {
        try {
            return !Objects.equals(identity, identity(path));
        } catch (IOException gone) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static @Nullable Object identity(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }
}
