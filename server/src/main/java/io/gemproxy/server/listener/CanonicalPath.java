package io.gemproxy.server.listener;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The one form of a request path that is both routed and forwarded (RFC 3986 section 6.2): needless
 * escapes decoded, needful ones in capitals; whatever two servers could resolve differently is
 * refused.
 */
final class CanonicalPath {
    private static final int LONGEST = 8 * 1024;

    private CanonicalPath() {}

    /**
     * Canonicalises a raw path without query.
     *
     * @return empty if the path is ambiguous and must be answered with 400
     */
    static Optional<String> of(String raw) {
        // JavaScript's SDK asks for //ws/… when its base URL has no path
        String path = raw.startsWith("//ws/") ? raw.substring(1) : raw;
        if (path.isEmpty() || path.charAt(0) != '/' || path.length() > LONGEST) {
            return Optional.empty();
        }
        return needsWork(path)
                ? rebuilt(path)
                : Optional.of(path).filter(CanonicalPath::segmentsAreSane);
    }

    private static boolean needsWork(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (!isUnreserved(c) && c != '/' && c != ':') {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> rebuilt(String path) {
        StringBuilder out = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '%') {
                int octet = octet(path, i);
                if (octet < 0 || isForbidden(octet)) {
                    return Optional.empty();
                }
                append(out, octet);
                i += 2;
            } else if (isUnreserved(c) || "/:@!$&'()*+,=".indexOf(c) >= 0) {
                out.append(c);
            } else {
                return Optional.empty();
            }
        }
        String canonical = out.toString();
        return Optional.of(canonical).filter(it -> segmentsAreSane(it) && escapesAreUtf8(it));
    }

    private static int octet(String path, int at) {
        if (at + 2 >= path.length()) {
            return -1;
        }
        int high = hex(path.charAt(at + 1));
        int low = hex(path.charAt(at + 2));
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    private static int hex(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }

    /**
     * Slash, backslash, control characters, percent and semicolon are read differently by different
     * servers.
     */
    private static boolean isForbidden(int octet) {
        return octet < 0x20
                || octet == 0x7f
                || octet == '/'
                || octet == '\\'
                || octet == '%'
                || octet == ';';
    }

    private static void append(StringBuilder out, int octet) {
        if (isUnreserved((char) octet) || octet == ':') {
            out.append((char) octet);
        } else {
            out.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) octet));
        }
    }

    private static boolean segmentsAreSane(String path) {
        for (int start = 1; start <= path.length(); ) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            boolean last = slash < 0;
            boolean empty = end == start;
            if (empty && !last || isDots(path, start, end)) {
                return false;
            }
            start = end + 1;
        }
        return true;
    }

    private static boolean isDots(String path, int start, int end) {
        int length = end - start;
        return (length == 1 || length == 2)
                && path.charAt(start) == '.'
                && path.charAt(end - 1) == '.';
    }

    private static boolean escapesAreUtf8(String path) {
        if (path.indexOf('%') < 0) {
            return true;
        }
        ByteBuffer octets = ByteBuffer.allocate(path.length());
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) == '%') {
                octets.put((byte) octet(path, i));
                i += 2;
            } else {
                octets.put((byte) path.charAt(i));
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(octets.flip());
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    private static boolean isUnreserved(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }
}
