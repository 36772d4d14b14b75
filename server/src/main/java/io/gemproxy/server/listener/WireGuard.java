package io.gemproxy.server.listener;

import io.gemproxy.server.exchange.HeaderField;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client's bytes and the HTTP parser: frames each request itself and hands on only
 * bytes that can be read in one way. Head and body are handed on apart, and nothing of the next
 * request before it is asked for. Used by one thread at a time.
 */
final class WireGuard {
    /** What the guard is waiting for. */
    enum Phase {
        /** Between requests. */
        IDLE,
        HEAD,
        BODY,
        /** Bytes were refused: nothing is parsed any more. */
        FAILED
    }

    private final WireLimits limits;
    private byte[] in = new byte[0];
    private int pos;
    private int end;
    private int line;
    private int scan;
    private int headers;
    private boolean failed;
    private RequestHead head;
    private boolean headDone;
    private List<HeaderField> fields = List.of();
    private long left;
    private long bodyLimit;
    private @Nullable ChunkedBody chunks;

    WireGuard(WireLimits limits) {
        this.limits = limits;
        this.head = new RequestHead(limits);
    }

    Phase phase() {
        if (failed) {
            return Phase.FAILED;
        }
        if (bodyPending()) {
            return Phase.BODY;
        }
        return !headDone && pos < end ? Phase.HEAD : Phase.IDLE;
    }

    /** Whether the body of the current request has not been handed on to its end. */
    boolean bodyPending() {
        return headDone && (chunks != null || left > 0);
    }

    /**
     * The fields of the head handed on last, one character to a byte; empty if all are ASCII, which
     * the parser reads alike.
     */
    List<HeaderField> fieldsWithObsText() {
        return fields;
    }

    /** The head handed on last. */
    RequestHead head() {
        return head;
    }

    /** What is certain of the first line of a head that was refused. */
    Optional<RequestLine> refusedLine() {
        return RequestLine.find(in, pos, end);
    }

    /** Declared bytes of the body still to come; {@link Long#MAX_VALUE} when chunked. */
    long bodyLeft() {
        return chunks != null ? Long.MAX_VALUE : left;
    }

    /** The largest body taken for the current request. */
    long bodyLimit() {
        return bodyLimit;
    }

    /** Narrows the limit of the current body. */
    void limitBody(long bytes) {
        bodyLimit = Math.min(bodyLimit, bytes);
    }

    /** Adds bytes in the order in which they came. The array is not copied if it need not be. */
    void offer(byte[] raw) {
        if (pos == end) {
            in = raw;
            pos = 0;
            end = raw.length;
            line = 0;
            scan = 0;
            return;
        }
        if (in.length - end < raw.length) {
            makeRoom(raw.length);
        }
        System.arraycopy(raw, 0, in, end, raw.length);
        end += raw.length;
    }

    private void makeRoom(int more) {
        byte[] bigger = new byte[Math.max(2 * (end - pos), end - pos + more)];
        System.arraycopy(in, pos, bigger, 0, end - pos);
        line -= pos;
        scan -= pos;
        end -= pos;
        pos = 0;
        in = bigger;
    }

    /**
     * The next bytes for the parser.
     *
     * @return a whole head or some of its body; null if more bytes are needed first
     * @throws WireFaultException when bytes are refused, and from then on always
     */
    byte @Nullable [] next() {
        if (failed) {
            throw new WireFaultException(WireFault.REQUEST_LINE_INVALID);
        }
        try {
            if (bodyPending()) {
                return pos == end ? null : body();
            }
            if (headDone) {
                startHead();
            }
            return pos == end ? null : readHead();
        } catch (WireFaultException e) {
            failed = true;
            throw e;
        }
    }

    private void startHead() {
        headDone = false;
        head = new RequestHead(limits);
        headers = 0;
        line = pos;
        scan = pos;
    }

    private byte @Nullable [] readHead() {
        while (scan < end) {
            if (in[scan++] == '\n' && headLine(scan)) {
                return finishHead();
            }
        }
        bound(end - line);
        return null;
    }

    /** Takes the line that ends before {@code next}; true if it was the empty one. */
    private boolean headLine(int next) {
        int to = next - 2;
        if (to < line || in[to] != '\r') {
            throw new WireFaultException(WireFault.LINE_END_INVALID);
        }
        bound(to - line);
        if (headers == 0) {
            RequestLine.check(in, line, to);
            headers = 1;
        } else if (to == line) {
            return true;
        } else {
            head.field(in, line, to);
            headers += next - line;
        }
        line = next;
        return false;
    }

    private void bound(int bytes) {
        if (headers == 0) {
            if (bytes > limits.requestLineBytes()) {
                throw new WireFaultException(WireFault.TARGET_TOO_LONG);
            }
            if (!Ascii.isToken(in[line])) {
                throw new WireFaultException(WireFault.REQUEST_LINE_INVALID);
            }
        } else if (headers + bytes > limits.headerBytes()) {
            throw new WireFaultException(WireFault.HEADERS_TOO_LARGE);
        }
    }

    private byte[] finishHead() {
        head.complete();
        byte[] out = Arrays.copyOfRange(in, pos, scan);
        fields = head.obsText() ? FieldLines.read(out) : List.of();
        pos = scan;
        headDone = true;
        left = head.length();
        bodyLimit = limits.bodyBytes();
        chunks = head.chunked() ? new ChunkedBody() : null;
        return out;
    }

    private byte @Nullable [] body() {
        ChunkedBody chunked = chunks;
        return chunked == null ? sized() : chunked(chunked);
    }

    private byte[] sized() {
        int n = (int) Math.min(left, end - pos);
        byte[] out =
                pos == 0 && n == in.length && n == end ? in : Arrays.copyOfRange(in, pos, pos + n);
        pos += n;
        left -= n;
        return out;
    }

    private byte @Nullable [] chunked(ChunkedBody body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(end - pos + 32);
        pos = body.take(in, pos, end, out, bodyLimit);
        if (body.done()) {
            chunks = null;
        }
        return out.size() == 0 ? null : out.toByteArray();
    }
}
