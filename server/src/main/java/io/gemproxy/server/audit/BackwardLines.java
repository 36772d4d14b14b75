package io.gemproxy.server.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/** The ended lines of a file from its end to its beginning. */
final class BackwardLines implements Closeable {
    private static final int BLOCK = 64 * 1024;

    /** A longer line is none of ours; what is left of the file is not looked at. */
    private static final int LONGEST = 1 << 20;

    private final FileChannel channel;
    private byte[] window = new byte[0];
    private long from;
    private int end;

    private BackwardLines(FileChannel channel) throws IOException {
        this.channel = channel;
        this.from = LocalFile.endOfLastLine(channel);
    }

    static BackwardLines open(Path path) throws IOException {
        return new BackwardLines(FileChannel.open(path, StandardOpenOption.READ));
    }

    /** The line before the last one given, without its end. */
    Optional<byte[]> next() throws IOException {
        while (true) {
            for (int i = end - 2; i >= 0; i--) {
                if (window[i] == '\n') {
                    return Optional.of(line(i + 1));
                }
            }
            if (from == 0) {
                return end == 0 ? Optional.empty() : Optional.of(line(0));
            }
            if (end > LONGEST) {
                return Optional.empty();
            }
            widen();
        }
    }

    private byte[] line(int start) {
        byte[] line = Arrays.copyOfRange(window, start, end - 1);
        end = start;
        return line;
    }

    private void widen() throws IOException {
        int more = (int) Math.min(BLOCK, from);
        ByteBuffer wider = ByteBuffer.allocate(more + end);
        wider.limit(more);
        from -= more;
        while (wider.hasRemaining() && channel.read(wider, from + wider.position()) > 0) {}
        wider.limit(more + end);
        wider.put(more, window, 0, end);
        window = wider.array();
        end += more;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
