package io.gemproxy.server.listener;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads a chunked body strictly (RFC 9112 section 7.1) and writes it anew: sizes in plain form, no
 * extensions, no trailers, and no chunk larger than what arrived at once.
 */
final class ChunkedBody {
    private static final int MAX_EXTENSION_BYTES = 16 * 1024;
    private static final int MAX_TRAILER_BYTES = 16 * 1024;
    private static final int MAX_SIZE_DIGITS = 16;

    private enum State {
        SIZE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        LINE,
        TRAILER_NAME,
        TRAILER_VALUE,
        TRAILER_LF,
        END_LF,
        DONE
    }

    private State state = State.SIZE;
    private int digits;
    private long left;
    private long total;
    private int extensionBytes;
    private int trailerBytes;

    boolean done() {
        return state == State.DONE;
    }

    /**
     * Takes bytes and appends what they mean to {@code out}.
     *
     * @param limit of the whole body, without framing
     * @return index of the first byte not taken; less than {@code to} only when done
     */
    int take(byte[] b, int from, int to, ByteArrayOutputStream out, long limit) {
        int i = from;
        while (i < to && state != State.DONE) {
            if (state == State.DATA) {
                int n = (int) Math.min(left, to - i);
                write(b, i, n, out);
                i += n;
            } else {
                step(b[i++], limit);
            }
        }
        if (state == State.DONE) {
            out.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        return i;
    }

    private void write(byte[] b, int from, int n, ByteArrayOutputStream out) {
        out.writeBytes(Integer.toHexString(n).getBytes(StandardCharsets.US_ASCII));
        out.write('\r');
        out.write('\n');
        out.write(b, from, n);
        out.write('\r');
        out.write('\n');
        left -= n;
        if (left == 0) {
            state = State.DATA_CR;
        }
    }

    private void step(int b, long limit) {
        switch (state) {
            case SIZE -> size(b);
            case EXTENSION -> extension(b);
            case SIZE_LF -> sizeEnd(b, limit);
            case DATA_CR -> expect(b, '\r', State.DATA_LF);
            case DATA_LF -> expect(b, '\n', State.SIZE);
            case LINE -> line(b);
            case TRAILER_NAME -> trailerName(b);
            case TRAILER_VALUE -> trailerValue(b);
            case TRAILER_LF -> expect(b, '\n', State.LINE);
            case END_LF -> expect(b, '\n', State.DONE);
            case DATA, DONE -> throw new IllegalStateException(state.name());
        }
    }

    private void size(int b) {
        int digit = Ascii.hex(b);
        if (digit >= 0 && digits < MAX_SIZE_DIGITS) {
            left = (left << 4) | digit;
            digits++;
        } else if (digits > 0 && b == ';') {
            state = State.EXTENSION;
        } else if (digits > 0 && b == '\r') {
            state = State.SIZE_LF;
        } else {
            throw invalid();
        }
    }

    private void extension(int b) {
        if (b == '\r') {
            state = State.SIZE_LF;
        } else if (!Ascii.isText(b) || ++extensionBytes > MAX_EXTENSION_BYTES) {
            throw invalid();
        }
    }

    private void sizeEnd(int b, long limit) {
        if (b != '\n' || left < 0) {
            throw invalid();
        }
        if (left > limit - total) {
            throw new WireFaultException(WireFault.BODY_TOO_LARGE);
        }
        total += left;
        digits = 0;
        state = left == 0 ? State.LINE : State.DATA;
    }

    private void line(int b) {
        if (b == '\r') {
            state = State.END_LF;
        } else if (Ascii.isToken(b)) {
            trailer();
            state = State.TRAILER_NAME;
        } else {
            throw invalid();
        }
    }

    private void trailerName(int b) {
        trailer();
        if (b == ':') {
            state = State.TRAILER_VALUE;
        } else if (!Ascii.isToken(b)) {
            throw invalid();
        }
    }

    private void trailerValue(int b) {
        trailer();
        if (b == '\r') {
            state = State.TRAILER_LF;
        } else if (!Ascii.isText(b)) {
            throw invalid();
        }
    }

    private void trailer() {
        if (++trailerBytes > MAX_TRAILER_BYTES) {
            throw new WireFaultException(WireFault.HEADERS_TOO_LARGE);
        }
    }

    private void expect(int b, char wanted, State next) {
        if (b != wanted) {
            throw invalid();
        }
        state = next;
    }

    private static WireFaultException invalid() {
        return new WireFaultException(WireFault.CHUNK_INVALID);
    }
}
