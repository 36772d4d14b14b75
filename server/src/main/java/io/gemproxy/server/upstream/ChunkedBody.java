package io.gemproxy.server.upstream;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.io.SessionInputBuffer;

/**
 * A chunked body by the letter of RFC 9112, 7.1: it ends only with the last chunk, its trailer
 * section and the final CRLF. Extensions and trailers are dropped; closing it reads nothing.
 */
final class ChunkedBody extends InputStream {
    private static final int MAX_SIZE_LINE = 4 * 1024;
    private static final int MAX_TRAILERS = 16 * 1024;
    private static final int MAX_HEX_DIGITS = 15;

    private final SessionInputBuffer buffer;
    private final InputStream socket;
    private final Runnable atEnd;
    private long left;
    private boolean started;
    private boolean ended;

    ChunkedBody(SessionInputBuffer buffer, InputStream socket, Runnable atEnd) {
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
        if (ended) {
            return -1;
        }
        if (left == 0 && !nextChunk()) {
            return -1;
        }
        int count = buffer.read(into, offset, (int) Math.min(length, left), socket);
        if (count < 0) {
            throw new TruncatedBodyException();
        }
        left -= count;
        return count;
    }

    private boolean nextChunk() throws IOException {
        if (started) {
            require(next() == '\r' && next() == '\n', "chunk without CRLF");
        }
        started = true;
        left = size();
        if (left > 0) {
            return true;
        }
        skipTrailers();
        ended = true;
        atEnd.run();
        return false;
    }

    private long size() throws IOException {
        long size = 0;
        int digits = 0;
        int c = next();
        for (int digit = Character.digit(c, 16); digit >= 0; digit = Character.digit(c, 16)) {
            require(++digits <= MAX_HEX_DIGITS, "chunk size too large");
            size = size * 16 + digit;
            c = next();
        }
        require(digits > 0, "chunk size is not a number");
        require(c == '\r' || c == ';' || c == ' ' || c == '\t', "chunk size is not a number");
        skipLine(c, MAX_SIZE_LINE);
        return size;
    }

    private void skipTrailers() throws IOException {
        int budget = MAX_TRAILERS;
        for (int c = next(); c != '\r'; c = next()) {
            budget = skipLine(c, budget);
        }
        require(next() == '\n', "CR without LF after the last chunk");
    }

    private int skipLine(int first, int budget) throws IOException {
        int left = budget;
        for (int c = first; c != '\r'; c = next()) {
            require(HeaderSyntax.isValueChar(c), "control character in the chunk framing");
            require(--left > 0, "line too long in the chunk framing");
        }
        require(next() == '\n', "CR without LF in the chunk framing");
        return left;
    }

    private int next() throws IOException {
        int c = buffer.read(socket);
        if (c < 0) {
            throw new TruncatedBodyException();
        }
        return c;
    }

    private static void require(boolean kept, String rule) throws MalformedAnswerException {
        if (!kept) {
            throw new MalformedAnswerException(rule);
        }
    }
}
