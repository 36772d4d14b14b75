package io.gemproxy.server.upstream;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.io.SessionInputBuffer;

/** A body of known length; closing it reads nothing. */
final class LengthBody extends InputStream {
    private final SessionInputBuffer buffer;
    private final InputStream socket;
    private final Runnable atEnd;
    private long left;

    LengthBody(SessionInputBuffer buffer, InputStream socket, long length, Runnable atEnd) {
        this.buffer = buffer;
        this.socket = socket;
        this.left = length;
        this.atEnd = atEnd;
    }

    @Override
    public int read() throws IOException {
        if (left == 0) {
            return -1;
        }
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = buffer.read(into, offset, (int) Math.min(length, left), socket);
        if (count < 0) {
            throw new TruncatedBodyException();
        }
        left -= count;
        if (left == 0) {
            atEnd.run();
        }
        return count;
    }
}
