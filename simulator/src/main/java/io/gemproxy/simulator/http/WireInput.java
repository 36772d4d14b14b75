package io.gemproxy.simulator.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Buffered bytes from a socket, with a watcher that notices the peer's leaving while nobody reads.
 */
final class WireInput {
    private static final int LONGEST_LINE = 1 << 20;
    private final InputStream in;
    private byte[] buffer = new byte[16 * 1024];
    private int position;
    private int limit;
    private boolean ended;
    private boolean watching;
    private boolean watcherRuns;

    WireInput(InputStream in) {
        this.in = in;
    }

    /** The next byte, or -1 at the end. */
    int read() throws IOException {
        return position < limit || fill() ? buffer[position++] & 0xff : -1;
    }

    /** Up to length bytes, at least one; -1 at the end. */
    int read(byte[] to, int offset, int length) throws IOException {
        if (position >= limit && !fill()) {
            return -1;
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(buffer, position, to, offset, count);
        position += count;
        return count;
    }

    /**
     * A line without its CRLF or LF; an empty string when the input ended before any byte of it.
     */
    String line() throws IOException {
        StringBuilder longLine = null;
        while (true) {
            for (int at = position; at < limit; at++) {
                if (buffer[at] == '\n') {
                    String piece = text(position, at);
                    position = at + 1;
                    String whole = longLine == null ? piece : longLine.append(piece).toString();
                    return whole.endsWith("\r") ? whole.substring(0, whole.length() - 1) : whole;
                }
            }
            longLine = longLine == null ? new StringBuilder() : longLine;
            longLine.append(text(position, limit));
            position = limit;
            if (longLine.length() > LONGEST_LINE) {
                throw new BadRequestException("a line longer than 1 MiB");
            }
            if (!fill()) {
                if (longLine.isEmpty()) {
                    return "";
                }
                throw new BadRequestException("the input ended inside a line");
            }
        }
    }

    /** The same bytes as a stream. */
    InputStream stream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                return WireInput.this.read();
            }

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                return length == 0 ? 0 : WireInput.this.read(to, offset, length);
            }
        };
    }

    /** Blocks until there is a byte to read; false at the end of the input. */
    boolean available() throws IOException {
        return position < limit || fill();
    }

    /** From now on a thread reads ahead, and runs the callback once when the peer has gone. */
    synchronized void watch(Runnable gone) {
        if (ended) {
            gone.run();
            return;
        }
        watching = true;
        if (watcherRuns || !makeRoom()) {
            return;
        }
        watcherRuns = true;
        Thread.ofVirtual().name("peer-watch").start(() -> readAhead(gone));
    }

    private boolean makeRoom() {
        if (position > 0) {
            System.arraycopy(buffer, position, buffer, 0, limit - position);
            limit -= position;
            position = 0;
        }
        if (limit == buffer.length && limit < 1 << 20) {
            buffer = java.util.Arrays.copyOf(buffer, 1 << 20);
        }
        return limit < buffer.length;
    }

    private void readAhead(Runnable gone) {
        while (true) {
            int count = readQuietly();
            synchronized (this) {
                ended = count < 0;
                limit += Math.max(count, 0);
                watcherRuns = !ended && watching && limit < buffer.length;
                notifyAll();
                if (!watcherRuns) {
                    break;
                }
            }
        }
        if (ended) {
            gone.run();
        }
    }

    private int readQuietly() {
        try {
            return in.read(buffer, limit, buffer.length - limit);
        } catch (IOException broken) {
            return -1;
        }
    }

    private boolean fill() throws IOException {
        settle();
        if (position < limit) {
            return true;
        }
        if (ended) {
            return false;
        }
        position = 0;
        limit = 0;
        int count = in.read(buffer, 0, buffer.length);
        ended = count < 0;
        limit = Math.max(count, 0);
        return count > 0;
    }

    /** Waits for the watcher to end, or to have read something while it still watched. */
    private synchronized void settle() throws IOException {
        watching = false;
        try {
            while (watcherRuns && position >= limit) {
                wait();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }

    private String text(int from, int to) {
        return new String(buffer, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
