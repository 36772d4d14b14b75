package io.gemproxy.server.listener;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The first line of a request (RFC 9112 section 3).
 *
 * @param method one this proxy serves
 * @param path canonical, without query; empty if it could be understood in two ways
 */
record RequestLine(String method, Optional<String> path) {
    /**
     * Takes the line without its line end.
     *
     * @throws WireFaultException unless it can be read in one way and asks for what is served here
     */
    static void check(byte[] b, int from, int to) {
        int method = token(b, from, to);
        if (method == from || method == to || b[method] != ' ') {
            throw new WireFaultException(WireFault.REQUEST_LINE_INVALID);
        }
        int target = visible(b, method + 1, to);
        if (target == to || b[target] != ' ') {
            throw new WireFaultException(WireFault.REQUEST_LINE_INVALID);
        }
        if (!isOurVersion(b, target + 1, to)) {
            throw new WireFaultException(
                    isVersion(b, target + 1, to)
                            ? WireFault.VERSION_UNSUPPORTED
                            : WireFault.REQUEST_LINE_INVALID);
        }
        if (!isKnownMethod(b, from, method)) {
            throw new WireFaultException(WireFault.METHOD_UNSUPPORTED);
        }
        target(b, method + 1, target);
    }

    /**
     * What the beginning of a refused head says for certain; empty if its first line is not whole,
     * not sound, or names no method of ours.
     */
    static Optional<RequestLine> find(byte[] b, int from, int end) {
        int to = lineEnd(b, from, end);
        int method = token(b, from, to);
        if (method == to || b[method] != ' ' || !isKnownMethod(b, from, method)) {
            return Optional.empty();
        }
        int target = visible(b, method + 1, to);
        if (target == to || b[target] != ' ' || !isVersion(b, target + 1, to)) {
            return Optional.empty();
        }
        return Optional.of(
                new RequestLine(
                        text(b, from, method),
                        CanonicalPath.parse(text(b, method + 1, pathEnd(b, method + 1, target)))
                                .map(CanonicalPath::value)));
    }

    /** Where the first line ends; {@code from} if its CR LF has not come. */
    private static int lineEnd(byte[] b, int from, int end) {
        for (int i = from; i + 1 < end; i++) {
            if (b[i] == '\r' && b[i + 1] == '\n') {
                return i;
            }
        }
        return from;
    }

    private static int pathEnd(byte[] b, int from, int to) {
        int i = from;
        while (i < to && b[i] != '?') {
            i++;
        }
        return i;
    }

    private static String text(byte[] b, int from, int to) {
        return new String(b, from, to - from, StandardCharsets.US_ASCII);
    }

    private static boolean isOurVersion(byte[] b, int from, int to) {
        return Ascii.isExactly(b, from, to, "HTTP/1.1");
    }

    private static boolean isVersion(byte[] b, int from, int to) {
        boolean version = to - from > 5 && Ascii.is(b, from, from + 5, "http/");
        for (int i = from + 5; version && i < to; i++) {
            version = Ascii.isDigit(b[i]) || b[i] == '.';
        }
        return version;
    }

    private static boolean isKnownMethod(byte[] b, int from, int to) {
        return switch (to - from) {
            case 3 -> Ascii.isExactly(b, from, to, "GET") || Ascii.isExactly(b, from, to, "PUT");
            case 4 -> Ascii.isExactly(b, from, to, "POST") || Ascii.isExactly(b, from, to, "HEAD");
            case 5 -> Ascii.isExactly(b, from, to, "PATCH");
            case 6 -> Ascii.isExactly(b, from, to, "DELETE");
            case 7 -> Ascii.isExactly(b, from, to, "OPTIONS");
            default -> false;
        };
    }

    private static void target(byte[] b, int from, int to) {
        if (from == to || b[from] != '/') {
            throw new WireFaultException(WireFault.TARGET_INVALID);
        }
        for (int i = from; i < to; i++) {
            if (b[i] == '#' || b[i] == '\\') {
                throw new WireFaultException(WireFault.TARGET_INVALID);
            }
        }
    }

    private static int token(byte[] b, int from, int to) {
        int i = from;
        while (i < to && Ascii.isToken(b[i])) {
            i++;
        }
        return i;
    }

    private static int visible(byte[] b, int from, int to) {
        int i = from;
        while (i < to && Ascii.isVisible(b[i])) {
            i++;
        }
        return i;
    }
}
