package io.gemproxy.server.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The audit file on disk: mode 0640, written at positions, so that a failed write can be repeated.
 */
final class LocalFile implements AuditFile {
    private static final int BLOCK = 64 * 1024;

    private final Path path;
    private final FileChannel channel;
    private final FileIdentity identity;

    private LocalFile(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        this.identity = FileIdentity.of(path);
    }

    /** Opens it, and cuts off half a line that a crash left at its end. */
    static Opened open(Path path) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            return AppendOnlyFile.open(path);
        }
        FileChannel channel;
        try {
            channel = channel(path);
        } catch (AccessDeniedException appendOnly) {
            return AppendOnlyFile.open(path);
        }
        try {
            long whole = endOfLastLine(channel);
            long torn = channel.size() - whole;
            channel.truncate(whole);
            return new Opened(new LocalFile(path, channel), torn);
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
                            Set.of(
                                    StandardOpenOption.CREATE_NEW,
                                    StandardOpenOption.READ,
                                    StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(mode));
            // whatever the umask took away
            Files.setPosixFilePermissions(path, mode);
            return made;
        } catch (FileAlreadyExistsException existing) {
            return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        }
    }

    static long endOfLastLine(FileChannel channel) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        long end = channel.size();
        while (end > 0) {
            long from = Math.max(0, end - BLOCK);
            block.clear().limit((int) (end - from));
            while (block.hasRemaining() && channel.read(block, from + block.position()) > 0) {}
            for (int i = block.position() - 1; i >= 0; i--) {
                if (block.get(i) == '\n') {
                    return from + i + 1;
                }
            }
            end = from;
        }
        return 0;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
        return channel.write(bytes, position);
    }

    @Override
    public void truncate(long size) throws IOException {
        channel.truncate(size);
    }

    @Override
    public void force() throws IOException {
        channel.force(false);
    }

    @Override
    public boolean isReplaced() {
        return identity.isGoneFrom(path);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
