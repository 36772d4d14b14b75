package io.gemproxy.server.listener;

/** What single bytes mean in HTTP/1.1 (RFC 9110 section 5.6.2, RFC 9112). */
final class Ascii {
    private Ascii() {}

    /** Letters, digits and {@code !#$%&'*+-.^_`|~}: what names and methods are made of. */
    static boolean isToken(int b) {
        return isLetter(b) || isDigit(b) || (b > 0 && "!#$%&'*+-.^_`|~".indexOf(b) >= 0);
    }

    static boolean isLetter(int b) {
        int lower = b | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    static boolean isDigit(int b) {
        return b >= '0' && b <= '9';
    }

    /** Printable, without space: what a request target is made of at most. */
    static boolean isVisible(int b) {
        return b > 0x20 && b < 0x7f;
    }

    /** Allowed inside a field value besides {@link #isObsText}. */
    static boolean isText(int b) {
        return (b >= 0x20 && b < 0x7f) || b == '\t';
    }

    /** Allowed inside a field value, but without a meaning here (RFC 9110 section 5.5). */
    static boolean isObsText(byte b) {
        return b < 0;
    }

    /** The value of a hexadecimal digit, or -1. */
    static int hex(int b) {
        if (isDigit(b)) {
            return b - '0';
        }
        int lower = b | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    /** Compares without regard to case; {@code lower} is in lower case. */
    static boolean is(byte[] bytes, int from, int to, String lower) {
        if (to - from != lower.length()) {
            return false;
        }
        for (int i = from; i < to; i++) {
            int b = bytes[i];
            if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != lower.charAt(i - from)) {
                return false;
            }
        }
        return true;
    }

    /** Compares byte by byte. */
    static boolean isExactly(byte[] bytes, int from, int to, String text) {
        if (to - from != text.length()) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (bytes[i] != text.charAt(i - from)) {
                return false;
            }
        }
        return true;
    }
}
