package io.gemproxy.server.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps a second server from writing the same audit file. The lock is on a file beside it, {@code
 * audit.log.lock}, which no rotation moves; the system lets go of it when the process dies, however
 * it dies, so the empty file may stay.
 */
final class AuditLock implements AutoCloseable {
    /** For what only one process can have anyway. */
    static final AuditLock NONE = new AuditLock(Optional.empty());

    private final Optional<FileChannel> channel;

    private AuditLock(Optional<FileChannel> channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock of a log; devices and pipes have none.
     *
     * @throws AuditFileTaken if another server has it, in this process or another one
     * @throws IOException if it cannot be made
     */
    static AuditLock take(Path path) throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            return NONE;
        }
        Path directory = path.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        return take(beside(path), AuditFileTaken.log(path));
    }

    /** Takes the lock of the head of a log, which stands in the state directory. */
    static AuditLock ofHead(Path head) throws IOException {
        Path directory = head.toAbsolutePath().getParent();
        try {
            if (directory != null) {
                Files.createDirectories(
                        directory,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
            }
        } catch (FileAlreadyExistsException file) {
            throw new IOException("state.dir: " + directory + " is not a directory", file);
        }
        return take(beside(head), AuditFileTaken.head(head));
    }

    private static AuditLock take(Path file, String taken) throws IOException {
        FileChannel channel = channel(file);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new AuditFileTaken(taken);
            }
            return new AuditLock(Optional.of(channel));
        } catch (OverlappingFileLockException ours) {
            channel.close();
            throw new AuditFileTaken(taken, ours);
        } catch (IOException failure) {
            channel.close();
            throw failure;
        }
    }

    /** Beside the file itself, should the path be a symbolic link. */
    private static Path beside(Path path) throws IOException {
        Path file = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
        return file.resolveSibling(file.getFileName() + RotatedFiles.LOCK);
    }

    private static FileChannel channel(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
    }

    @Override
    public void close() throws IOException {
        if (channel.isPresent()) {
            channel.get().close();
        }
    }
}
