package io.gemproxy.server.usage;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates a passing gzip body for a reader, up to a size and a ratio; then it goes silent. */
final class Gunzip {
    private static final long MOST_OUT = 64L * 1024 * 1024;
    private static final long RATIO_FROM = 1024 * 1024;
    private static final long WORST_RATIO = 200;

    private final UsageTap.Plain reader;
    private final GzipHeader header = new GzipHeader();
    private final Inflater inflater = new Inflater(true);
    private final byte[] out = new byte[4096];
    private boolean closed;

    Gunzip(UsageTap.Plain reader) {
        this.reader = reader;
    }

    void write(byte[] bytes, int offset, int length) {
        if (closed) {
            return;
        }
        int skipped = header.skip(bytes, offset, length);
        if (header.isForeign()) {
            close();
        } else if (skipped < length) {
            inflate(bytes, offset + skipped, length - skipped);
        }
    }

    private void inflate(byte[] bytes, int offset, int length) {
        inflater.setInput(bytes, offset, length);
        try {
            for (int n = inflater.inflate(out); n > 0; n = inflater.inflate(out)) {
                reader.write(out, 0, n);
                if (isBomb()) {
                    close();
                    return;
                }
            }
        } catch (DataFormatException broken) {
            close();
            return;
        }
        if (inflater.finished()) {
            close();
        }
    }

    private boolean isBomb() {
        long written = inflater.getBytesWritten();
        return written > MOST_OUT
                || (written > RATIO_FROM && written / WORST_RATIO > inflater.getBytesRead());
    }

    /** Gives the native memory back; idempotent. */
    void close() {
        if (!closed) {
            closed = true;
            inflater.end();
        }
    }
}
