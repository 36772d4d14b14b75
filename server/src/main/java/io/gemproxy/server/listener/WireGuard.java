package io.gemproxy.server.listener;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the socket and Helidon's parser: lets only unambiguous HTTP/1.1 through, and
 * passes chunked bodies on in chunks of its own making, so that no extension, trailer or giant
 * chunk reaches the parser.
 */
final class WireGuard {
    private static final int LONGEST_HEAD = 80 * 1024;
    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

    private final Supplier<byte @Nullable []> source;
    private final ChunkGuard chunks = new ChunkGuard();
    private byte[] raw = new byte[0];
    private int at;
    private State state = State.HEAD;
    private long left;

    /** Where in a message the next byte belongs. */
    private enum State {
        HEAD,
        LENGTH,
        CHUNKED
    }

    /**
     * @param source the next bytes of the connection, null at its end
     */
    WireGuard(Supplier<byte @Nullable []> source) {
        this.source = source;
    }

    /** Whether all of the last request has been passed on, so that the next byte begins another. */
    boolean betweenMessages() {
        return state == State.HEAD;
    }

    /** Whether a head has begun to arrive. */
    boolean insideHead() {
        return state == State.HEAD && at < raw.length;
    }

    /**
     * The next bytes for the parser.
     *
     * @return null at the end of the connection
     */
    byte @Nullable [] next() throws WireViolationException {
        return switch (state) {
            case HEAD -> head();
            case LENGTH -> length();
            case CHUNKED -> chunked();
        };
    }

    private byte @Nullable [] head() throws WireViolationException {
        skipEmptyLine();
        int searched = at;
        int end = endOfHead(searched);
        while (end < 0) {
            if (raw.length - at > LONGEST_HEAD) {
                throw new WireViolationException(431, "the request head is larger than 80 KiB");
            }
            searched = Math.max(at, raw.length - END_OF_HEAD.length + 1);
            int shift = at;
            if (!pull(true)) {
                return null;
            }
            searched -= shift;
            skipEmptyLine();
            end = endOfHead(Math.max(searched, at));
        }
        BodyFraming framing = HeadCheck.of(raw, at, end);
        return switch (framing) {
            case BodyFraming.Nothing _ -> take(end);
            case BodyFraming.Length body -> withBody(end, body.bytes());
            case BodyFraming.Chunked _ -> {
                state = State.CHUNKED;
                chunks.begin();
                yield take(end);
            }
        };
    }

    /** A head and as much of its counted body as has come with it. */
    private byte[] withBody(int end, long bytes) {
        int here = (int) Math.min(bytes, raw.length - end);
        left = bytes - here;
        state = left == 0 ? State.HEAD : State.LENGTH;
        return take(end + here);
    }

    private byte @Nullable [] length() {
        if (at == raw.length && !pull(false)) {
            return null;
        }
        int here = (int) Math.min(left, raw.length - at);
        left -= here;
        state = left == 0 ? State.HEAD : State.LENGTH;
        return take(at + here);
    }

    private byte @Nullable [] chunked() throws WireViolationException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (out.size() == 0 && !chunks.finished()) {
            if (at == raw.length && !pull(false)) {
                return null;
            }
            at = chunks.pass(raw, at, out);
        }
        if (chunks.finished()) {
            state = State.HEAD;
        }
        return out.toByteArray();
    }

    private byte[] take(int end) {
        byte[] taken = at == 0 && end == raw.length ? raw : Arrays.copyOfRange(raw, at, end);
        at = end;
        if (at == raw.length) {
            raw = new byte[0];
            at = 0;
        }
        return taken;
    }

    /** Reads more; with {@code keep} behind what is still unread, else in its place. */
    private boolean pull(boolean keep) {
        byte[] more = source.get();
        if (more == null) {
            return false;
        }
        if (keep && at < raw.length) {
            byte[] joined = Arrays.copyOfRange(raw, at, raw.length + more.length);
            System.arraycopy(more, 0, joined, raw.length - at, more.length);
            raw = joined;
        } else {
            raw = more;
        }
        at = 0;
        return true;
    }

    /** Older clients send an empty line behind a body (RFC 9112 section 2.2). */
    private void skipEmptyLine() {
        if (raw.length - at >= 2 && raw[at] == '\r' && raw[at + 1] == '\n') {
            at += 2;
        }
    }

    private int endOfHead(int from) throws WireViolationException {
        for (int i = from; i + 3 < raw.length; i++) {
            if (raw[i] == '\r' && raw[i + 1] == '\n' && raw[i + 2] == '\r' && raw[i + 3] == '\n') {
                return i + 4;
            }
        }
        refuseBareLineFeed(from);
        return -1;
    }

    /** A head that ends lines with LF alone would otherwise never be seen to end. */
    private void refuseBareLineFeed(int from) throws WireViolationException {
        for (int i = from; i < raw.length; i++) {
            if (raw[i] == '\n' && (i == 0 || raw[i - 1] != '\r')) {
                throw new WireViolationException(400, "bare LF");
            }
        }
    }
}
