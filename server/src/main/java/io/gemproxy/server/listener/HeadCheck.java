package io.gemproxy.server.listener;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Checks one complete request head, byte by byte, more strictly than RFC 9112 demands: whatever two
 * parsers could read in two ways is refused.
 */
final class HeadCheck {
    private static final Set<String> METHODS =
            Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");
    private static final Set<String> FORBIDDEN = Set.of("CONNECT", "TRACE");
    private static final int MOST_HEADERS = 200;
    private static final int LONGEST_TARGET = 16 * 1024;
    private static final int MOST_DIGITS = 18;
    private static final boolean[] TOKEN = tokenBytes();

    private final byte[] head;
    private final int end;
    private int at;
    private int headers;
    private int hosts;
    private long length = -1;
    private boolean chunked;

    private HeadCheck(byte[] head, int start, int end) {
        this.head = head;
        this.at = start;
        this.end = end;
    }

    /**
     * Checks the head in {@code bytes[start, end)}, which ends with an empty line.
     *
     * @return how the body behind it is framed
     */
    static BodyFraming of(byte[] bytes, int start, int end) throws WireViolationException {
        HeadCheck check = new HeadCheck(bytes, start, end);
        check.requestLine();
        while (check.at < end - 2) {
            check.header();
        }
        return check.framing();
    }

    private BodyFraming framing() throws WireViolationException {
        if (hosts != 1) {
            throw bad("a request needs exactly one Host header");
        }
        if (chunked && length >= 0) {
            throw bad("Content-Length and Transfer-Encoding together");
        }
        if (chunked) {
            return new BodyFraming.Chunked();
        }
        return length > 0 ? new BodyFraming.Length(length) : new BodyFraming.Nothing();
    }

    private void requestLine() throws WireViolationException {
        String method = token(' ', "method");
        int target = at;
        while (at < end && head[at] > 0x20 && head[at] < 0x7f && head[at] != '#') {
            at++;
        }
        if (at - target > LONGEST_TARGET) {
            throw new WireViolationException(414, "the request target is longer than 16 KiB");
        }
        if (at == target || head[at] != ' ') {
            throw bad("malformed request target");
        }
        at++;
        version();
        method(method);
        if (head[target] != '/') {
            throw bad("only origin-form request targets are served");
        }
    }

    private static void method(String method) throws WireViolationException {
        if (METHODS.contains(method)) {
            return;
        }
        throw FORBIDDEN.contains(method)
                ? new WireViolationException(405, "this method is not allowed")
                : new WireViolationException(501, "unknown method");
    }

    private void version() throws WireViolationException {
        int start = at;
        int stop = lineEnd();
        String version = text(start, stop);
        if (version.equals("HTTP/1.1")) {
            return;
        }
        boolean other = version.length() == 8 && version.regionMatches(true, 0, "HTTP/", 0, 5);
        throw other
                ? new WireViolationException(505, "only HTTP/1.1 is served")
                : bad("malformed protocol version");
    }

    private void header() throws WireViolationException {
        if (++headers > MOST_HEADERS) {
            throw new WireViolationException(431, "more than " + MOST_HEADERS + " headers");
        }
        int name = at;
        while (at < end && head[at] >= 0 && TOKEN[head[at]]) {
            at++;
        }
        if (at == name || head[at] != ':') {
            throw bad("malformed header name");
        }
        int nameEnd = at++;
        int value = at;
        int stop = lineEnd();
        consider(name, nameEnd, value, stop);
    }

    private void consider(int name, int nameEnd, int value, int stop)
            throws WireViolationException {
        switch (nameEnd - name) {
            case 4 -> {
                if (named(name, "host")) {
                    hosts++;
                    HostCheck.check(strip(value, stop));
                }
            }
            case 6 -> {
                if (named(name, "expect") && !strip(value, stop).equalsIgnoreCase("100-continue")) {
                    throw new WireViolationException(417, "unknown expectation");
                }
            }
            case 14 -> {
                if (named(name, "content-length")) {
                    contentLength(strip(value, stop));
                }
            }
            case 17 -> {
                if (named(name, "transfer-encoding")) {
                    transferEncoding(strip(value, stop));
                }
            }
            default -> {}
        }
    }

    private void contentLength(String value) throws WireViolationException {
        boolean canonical = !value.isEmpty() && (value.length() == 1 || value.charAt(0) != '0');
        for (int i = 0; i < value.length(); i++) {
            canonical &= value.charAt(i) >= '0' && value.charAt(i) <= '9';
        }
        if (!canonical || length >= 0) {
            throw bad("Content-Length must be given once, as plain digits");
        }
        if (value.length() > MOST_DIGITS) {
            throw new WireViolationException(413, "Content-Length is too large");
        }
        length = Long.parseLong(value);
    }

    private void transferEncoding(String value) throws WireViolationException {
        if (chunked) {
            throw bad("Transfer-Encoding must be given once");
        }
        if (!value.equalsIgnoreCase("chunked")) {
            throw value.toLowerCase(java.util.Locale.ROOT).contains("chunked") || value.isEmpty()
                    ? bad("malformed Transfer-Encoding")
                    : new WireViolationException(501, "the only transfer coding served is chunked");
        }
        chunked = true;
    }

    /**
     * Moves behind the line's CRLF and returns where the line ended; refuses every other control
     * byte.
     */
    private int lineEnd() throws WireViolationException {
        while (at < end) {
            byte b = head[at];
            if (b == '\r') {
                if (at + 1 >= end || head[at + 1] != '\n') {
                    throw bad("bare CR");
                }
                at += 2;
                return at - 2;
            }
            if ((b < 0x20 && b != '\t') || b == 0x7f) {
                throw bad("a header holds a control or non-ASCII byte");
            }
            at++;
        }
        throw bad("malformed line end");
    }

    private String token(char stop, String what) throws WireViolationException {
        int start = at;
        while (at < end && head[at] >= 0 && TOKEN[head[at]]) {
            at++;
        }
        if (at == start || head[at] != stop) {
            throw bad("malformed " + what);
        }
        return text(start, at++);
    }

    private boolean named(int start, String lowerCase) {
        for (int i = 0; i < lowerCase.length(); i++) {
            if ((head[start + i] | 0x20) != lowerCase.charAt(i)
                    && head[start + i] != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private String strip(int from, int to) {
        int start = from;
        int stop = to;
        while (start < stop && (head[start] == ' ' || head[start] == '\t')) {
            start++;
        }
        while (stop > start && (head[stop - 1] == ' ' || head[stop - 1] == '\t')) {
            stop--;
        }
        return text(start, stop);
    }

    private String text(int from, int to) {
        return new String(head, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static WireViolationException bad(String message) {
        return new WireViolationException(400, message);
    }

    private static boolean[] tokenBytes() {
        boolean[] token = new boolean[128];
        for (char c = 0x21; c < 0x7f; c++) {
            token[c] = "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
        }
        return token;
    }
}
