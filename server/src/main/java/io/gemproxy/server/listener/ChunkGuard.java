package io.gemproxy.server.listener;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads a chunked body strictly (RFC 9112 section 7.1) and writes it again without extensions and
 * trailers.
 */
final class ChunkGuard {
    private static final int MOST_DIGITS = 15;
    private static final int LONGEST_EXTENSION = 4 * 1024;
    private static final int LONGEST_TRAILERS = 16 * 1024;
    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] LAST = {'0', '\r', '\n', '\r', '\n'};

    private State state = State.SIZE;
    private long size;
    private int digits;
    private int spent;
    private boolean lineHasText;

    private enum State {
        SIZE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILER,
        TRAILER_LF,
        DONE
    }

    void begin() {
        state = State.SIZE;
        size = 0;
        digits = 0;
        spent = 0;
    }

    boolean finished() {
        return state == State.DONE;
    }

    /**
     * Passes bytes on from {@code at}, up to the end of the array or of the body.
     *
     * @return the place of the first byte not taken
     */
    int pass(byte[] bytes, int at, ByteArrayOutputStream out) throws WireViolationException {
        int i = at;
        while (i < bytes.length && state != State.DONE) {
            i = state == State.DATA ? data(bytes, i, out) : step(bytes[i], i, out);
        }
        return i;
    }

    private int data(byte[] bytes, int at, ByteArrayOutputStream out) {
        int here = (int) Math.min(size, bytes.length - at);
        out.writeBytes(Integer.toHexString(here).getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(CRLF);
        out.write(bytes, at, here);
        out.writeBytes(CRLF);
        size -= here;
        state = size == 0 ? State.DATA_CR : State.DATA;
        return at + here;
    }

    private int step(byte b, int at, ByteArrayOutputStream out) throws WireViolationException {
        switch (state) {
            case SIZE -> sizeByte(b);
            case EXTENSION -> extensionByte(b);
            case SIZE_LF -> endOfSize(b);
            case DATA_CR -> expect(b, '\r', State.DATA_LF);
            case DATA_LF -> {
                expect(b, '\n', State.SIZE);
                size = 0;
                digits = 0;
            }
            case TRAILER -> trailerByte(b);
            case TRAILER_LF -> endOfTrailerLine(b, out);
            case DATA, DONE -> throw new IllegalStateException(state.name());
        }
        return at + 1;
    }

    private void sizeByte(byte b) throws WireViolationException {
        int digit = b < 0 ? -1 : Character.digit(b, 16);
        if (digit >= 0) {
            if (++digits > MOST_DIGITS) {
                throw bad();
            }
            size = size * 16 + digit;
        } else if (digits == 0) {
            throw bad();
        } else if (b == '\r') {
            state = State.SIZE_LF;
        } else if (b == ';') {
            state = State.EXTENSION;
        } else {
            throw bad();
        }
    }

    private void extensionByte(byte b) throws WireViolationException {
        if (b == '\r') {
            state = State.SIZE_LF;
        } else if ((b < 0x20 && b != '\t') || b == 0x7f || ++spent > LONGEST_EXTENSION) {
            throw bad();
        }
    }

    private void endOfSize(byte b) throws WireViolationException {
        if (b != '\n') {
            throw bad();
        }
        state = size == 0 ? State.TRAILER : State.DATA;
        lineHasText = false;
        if (size == 0) {
            spent = 0;
        }
    }

    private void trailerByte(byte b) throws WireViolationException {
        if (b == '\r') {
            state = State.TRAILER_LF;
        } else if ((b < 0x20 && b != '\t') || b == 0x7f || ++spent > LONGEST_TRAILERS) {
            throw bad();
        } else {
            lineHasText = true;
        }
    }

    private void endOfTrailerLine(byte b, ByteArrayOutputStream out) throws WireViolationException {
        if (b != '\n') {
            throw bad();
        }
        if (lineHasText) {
            lineHasText = false;
            state = State.TRAILER;
        } else {
            out.writeBytes(LAST);
            state = State.DONE;
        }
    }

    private void expect(byte b, char wanted, State next) throws WireViolationException {
        if (b != wanted) {
            throw bad();
        }
        state = next;
    }

    private static WireViolationException bad() {
        return new WireViolationException(400, "malformed chunked body");
    }
}
