package io.gemproxy.server.listener;

/** Which values of {@code Host} are taken (RFC 9110 section 7.2, stricter: no percent escapes). */
final class HostRule {
    private HostRule() {}

    /** True for a name, an IPv4 address or a bracketed IPv6 address, each with or without port. */
    static boolean accepts(byte[] b, int from, int to) {
        int end = from < to && b[from] == '[' ? literal(b, from, to) : name(b, from, to);
        return end > from && (end == to || (b[end] == ':' && port(b, end + 1, to)));
    }

    private static int name(byte[] b, int from, int to) {
        int i = from;
        while (i < to && (Ascii.isLetter(b[i]) || Ascii.isDigit(b[i]) || isMark(b[i]))) {
            i++;
        }
        return i;
    }

    private static boolean isMark(int b) {
        return b == '-' || b == '.' || b == '_';
    }

    private static int literal(byte[] b, int from, int to) {
        int i = from + 1;
        while (i < to && (Ascii.hex(b[i]) >= 0 || b[i] == ':' || b[i] == '.')) {
            i++;
        }
        return i > from + 2 && i < to && b[i] == ']' ? i + 1 : -1;
    }

    private static boolean port(byte[] b, int from, int to) {
        if (from == to || to - from > 5) {
            return false;
        }
        int port = 0;
        for (int i = from; i < to; i++) {
            if (!Ascii.isDigit(b[i])) {
                return false;
            }
            port = port * 10 + (b[i] - '0');
        }
        return port <= 65535;
    }
}
