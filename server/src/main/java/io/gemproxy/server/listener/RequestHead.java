package io.gemproxy.server.listener;

import java.util.Arrays;

/** What the head of one request says about its framing, learned line by line. */
final class RequestHead {
    private final WireLimits limits;
    private int fields;
    private boolean host;
    private boolean sized;
    private boolean chunked;
    private boolean expects;
    private boolean close;
    private boolean obsText;
    private long length;

    RequestHead(WireLimits limits) {
        this.limits = limits;
    }

    /** Takes one field line, without its line end; it is not empty. */
    void field(byte[] b, int from, int to) {
        if (++fields > limits.headerCount()) {
            throw new WireFaultException(WireFault.HEADERS_TOO_LARGE);
        }
        int colon = token(b, from, to);
        if (colon == from || colon == to || b[colon] != ':') {
            throw new WireFaultException(WireFault.HEADER_INVALID);
        }
        int start = colon + 1;
        int end = to;
        while (start < end && isBlank(b[start])) {
            start++;
        }
        while (end > start && isBlank(b[end - 1])) {
            end--;
        }
        for (int i = start; i < end; i++) {
            if (Ascii.isObsText(b[i])) {
                obsText = true;
            } else if (!Ascii.isText(b[i])) {
                throw new WireFaultException(WireFault.HEADER_INVALID);
            }
        }
        framing(b, from, colon, start, end);
    }

    private void framing(byte[] b, int from, int colon, int start, int end) {
        switch (colon - from) {
            case 4 -> {
                if (Ascii.is(b, from, colon, "host")) {
                    host(b, start, end);
                }
            }
            case 6 -> {
                if (Ascii.is(b, from, colon, "expect")) {
                    expect(b, start, end);
                }
            }
            case 10 -> {
                if (Ascii.is(b, from, colon, "connection")) {
                    connection(b, start, end);
                }
            }
            case 14 -> {
                if (Ascii.is(b, from, colon, "content-length")) {
                    contentLength(b, start, end);
                }
            }
            case 17 -> {
                if (Ascii.is(b, from, colon, "transfer-encoding")) {
                    transferEncoding(b, start, end);
                }
            }
            default -> {}
        }
    }

    private void host(byte[] b, int start, int end) {
        if (host || !HostRule.accepts(b, start, end)) {
            throw new WireFaultException(WireFault.HOST_INVALID);
        }
        host = true;
    }

    private void expect(byte[] b, int start, int end) {
        if (expects || !Ascii.is(b, start, end, "100-continue")) {
            throw new WireFaultException(WireFault.EXPECTATION_UNSUPPORTED);
        }
        expects = true;
    }

    private void connection(byte[] b, int start, int end) {
        for (int i = start; i < end; i++) {
            if (Ascii.isObsText(b[i])) {
                throw new WireFaultException(WireFault.HEADER_INVALID);
            }
        }
        int from = start;
        for (int i = start; i <= end; i++) {
            if (i == end || b[i] == ',') {
                if (isClose(b, from, i)) {
                    close = true;
                    // Helidon would put the word on streams too, where some SDKs take a cut for an
                    // end
                    Arrays.fill(b, from, i, (byte) ' ');
                }
                from = i + 1;
            }
        }
    }

    private static boolean isClose(byte[] b, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && isBlank(b[start])) {
            start++;
        }
        while (end > start && isBlank(b[end - 1])) {
            end--;
        }
        return Ascii.is(b, start, end, "close");
    }

    /** One or more digits without a leading zero; at most 18, so that nothing overflows. */
    private void contentLength(byte[] b, int start, int end) {
        boolean valid = !sized && start < end && end - start <= 18;
        valid &= end - start == 1 || (start < end && b[start] != '0');
        long value = 0;
        for (int i = start; valid && i < end; i++) {
            valid = Ascii.isDigit(b[i]);
            value = value * 10 + (b[i] - '0');
        }
        if (!valid) {
            throw new WireFaultException(WireFault.LENGTH_INVALID);
        }
        sized = true;
        length = value;
    }

    private void transferEncoding(byte[] b, int start, int end) {
        if (chunked || !Ascii.is(b, start, end, "chunked")) {
            throw new WireFaultException(WireFault.TRANSFER_CODING_UNSUPPORTED);
        }
        chunked = true;
    }

    /** After the last line: what only the whole head can tell. */
    void complete() {
        if (sized && chunked) {
            throw new WireFaultException(WireFault.FRAMING_AMBIGUOUS);
        }
        if (!host) {
            throw new WireFaultException(WireFault.HOST_INVALID);
        }
        if (length > limits.bodyBytes()) {
            throw new WireFaultException(WireFault.BODY_TOO_LARGE);
        }
    }

    private static int token(byte[] b, int from, int to) {
        int i = from;
        while (i < to && Ascii.isToken(b[i])) {
            i++;
        }
        return i;
    }

    private static boolean isBlank(int b) {
        return b == ' ' || b == '\t';
    }

    boolean chunked() {
        return chunked;
    }

    /** Declared body bytes; 0 without Content-Length. */
    long length() {
        return length;
    }

    /** Whether a value holds a byte above 0x7F. */
    boolean obsText() {
        return obsText;
    }

    boolean expectsContinue() {
        return expects;
    }

    /** Whether the client asked for the connection to end after this request. */
    boolean close() {
        return close;
    }
}
