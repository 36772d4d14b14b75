package io.gemproxy.server.audit;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;

/** The lines of a file that may grow, be truncated, or be replaced under its name. */
final class LineSource implements Closeable {
    /** A longer line is none of ours; it is handed on in pieces, which then do not parse. */
    private static final int MAX_LINE = 1 << 20;

    private final Path path;
    private final FileChannel channel;
    private final FileIdentity identity;
    private final ByteBuffer block = ByteBuffer.allocate(64 * 1024);
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

    private LineSource(Path path, FileChannel channel, FileIdentity identity) {
        this.path = path;
        this.channel = channel;
        this.identity = identity;
    }

    static LineSource open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        return new LineSource(path, channel, FileIdentity.of(path));
    }

    /** Hands on every line that is ended by now. */
    void drain(Consumer<String> out) throws IOException {
        if (channel.size() < channel.position()) {
            channel.position(0);
            pending.reset();
        }
        while (channel.read(block.clear()) > 0) {
            block.flip();
            while (block.hasRemaining()) {
                take(block.get(), out);
            }
        }
    }

    private void take(byte octet, Consumer<String> out) {
        if (octet != '\n') {
            pending.write(octet);
        }
        if (octet == '\n' || pending.size() >= MAX_LINE) {
            String line = pending.toString(StandardCharsets.UTF_8);
            pending.reset();
            if (!line.isEmpty()) {
                out.accept(line);
            }
        }
    }

    /** What stands behind the last line end. */
    Optional<String> unfinished() {
        return pending.size() == 0
                ? Optional.empty()
                : Optional.of(pending.toString(StandardCharsets.UTF_8));
    }

    /** True once another file stands under the name; false while none does. */
    boolean isReplaced() {
        return Files.exists(path) && identity.isGoneFrom(path);
    }

    /** Whether this name is one of the file that is read. */
    boolean isFile(Path name) {
        return !identity.isGoneFrom(name);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
