package io.gemproxy.server.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A pipe, a device, or a file that may only grow ({@code chattr +a}): nothing in it can be taken
 * back, so half a line that a crash left is ended and stays.
 */
final class AppendOnlyFile implements AuditFile {
    private final Path path;
    private final FileChannel channel;
    private final FileIdentity identity;
    private final boolean regular;
    private long size;

    private AppendOnlyFile(Path path, FileChannel channel, boolean regular, long size)
            throws IOException {
        this.path = path;
        this.channel = channel;
        this.regular = regular;
        this.size = size;
        this.identity = FileIdentity.of(path);
    }

    static Opened open(Path path) throws IOException {
        boolean regular = Files.isRegularFile(path);
        FileChannel channel = FileChannel.open(path, StandardOpenOption.APPEND);
        try {
            long torn = regular ? endTornLine(path, channel) : 0;
            return new Opened(
                    new AppendOnlyFile(path, channel, regular, regular ? channel.size() : 0), torn);
        } catch (IOException failure) {
            channel.close();
            throw failure;
        }
    }

    private static long endTornLine(Path path, FileChannel channel) throws IOException {
        long torn;
        try (FileChannel reader = FileChannel.open(path, StandardOpenOption.READ)) {
            torn = reader.size() - LocalFile.endOfLastLine(reader);
        }
        if (torn > 0) {
            ByteBuffer newline = ByteBuffer.wrap(new byte[] {'\n'});
            while (newline.hasRemaining()) {
                channel.write(newline);
            }
        }
        return torn;
    }

    @Override
    public long size() throws IOException {
        return regular ? channel.size() : size;
    }

    /** What is there already is not written again. */
    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
        int there = (int) Math.min(bytes.remaining(), Math.max(0, size - position));
        bytes.position(bytes.position() + there);
        int count = bytes.hasRemaining() ? channel.write(bytes) : 0;
        size += count;
        return there + count;
    }

    @Override
    public void truncate(long wanted) {
        // what is out cannot be called back
    }

    @Override
    public void force() throws IOException {
        if (regular) {
            channel.force(false);
        }
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
