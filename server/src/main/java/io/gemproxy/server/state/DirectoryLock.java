package io.gemproxy.server.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Keeps a second server out of a state directory. The system lets go of it when the process dies,
 * however it dies, so the empty file {@code lock} may stay.
 */
public final class DirectoryLock implements AutoCloseable {
    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock of a directory; it is made, for its owner alone, if there is none.
     *
     * @throws StateDirectoryTaken if another server has it, in this process or another one
     * @throws IOException if it cannot be made
     */
    public static DirectoryLock take(Path directory) throws IOException {
        make(directory);
        FileChannel channel =
                FileChannel.open(
                        directory.resolve("lock"),
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE,
                                LinkOption.NOFOLLOW_LINKS),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        try {
            if (channel.tryLock() == null) {
                throw new StateDirectoryTaken(directory);
            }
            Ownership.adopt(directory.resolve("lock"), directory);
            return new DirectoryLock(channel);
        } catch (OverlappingFileLockException ours) {
            channel.close();
            throw new StateDirectoryTaken(directory, ours);
        } catch (IOException failure) {
            channel.close();
            throw failure;
        }
    }

    private static void make(Path directory) throws IOException {
        try {
            Files.createDirectories(
                    directory,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException file) {
            throw new IOException("state.dir: " + directory + " is not a directory", file);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
