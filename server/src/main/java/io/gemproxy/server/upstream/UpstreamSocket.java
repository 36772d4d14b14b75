package io.gemproxy.server.upstream;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/**
 * The TCP socket under TLS: its end is a cut, since TLS ends with close_notify and asks for no byte
 * after it. The JDK's TLS would take the cut for a clean end.
 */
final class UpstreamSocket extends Socket {
    private @Nullable InputStream input;

    @Override
    public synchronized InputStream getInputStream() throws IOException {
        InputStream known = input;
        if (known == null) {
            known = new CutIsNoEnd(super.getInputStream());
            input = known;
        }
        return known;
    }

    /** Reports the end of the TCP stream as an error. */
    private static final class CutIsNoEnd extends FilterInputStream {
        CutIsNoEnd(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            return checked(super.read());
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return checked(super.read(into, offset, length));
        }

        private static int checked(int result) throws SocketException {
            if (result < 0) {
                throw new SocketException("connection cut without close_notify");
            }
            return result;
        }
    }
}
