package io.gemproxy.server.upstream;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.io.SessionInputBuffer;

/** A body that ends with the connection; a reset or a TLS cut is not an end. */
final class UntilCloseBody extends InputStream {
    private final SessionInputBuffer buffer;
    private final InputStream socket;
    private final Runnable atEnd;

    UntilCloseBody(SessionInputBuffer buffer, InputStream socket, Runnable atEnd) {
        this.buffer = buffer;
        this.socket = socket;
        this.atEnd = atEnd;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = buffer.read(into, offset, length, socket);
        if (count < 0) {
            atEnd.run();
        }
        return count;
    }
}
