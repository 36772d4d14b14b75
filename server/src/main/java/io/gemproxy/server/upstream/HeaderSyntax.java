package io.gemproxy.server.upstream;

/** The characters RFC 9110 (5.1, 5.5) allows in a header field. */
final class HeaderSyntax {
    private static final boolean[] TOKEN = new boolean[128];

    static {
        String tokens =
                "!#$%&'*+-.^_`|~0123456789"
                        + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        for (int i = 0; i < tokens.length(); i++) {
            TOKEN[tokens.charAt(i)] = true;
        }
    }

    private HeaderSyntax() {}

    static boolean isTokenChar(int c) {
        return c >= 0 && c < TOKEN.length && TOKEN[c];
    }

    static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!isTokenChar(name.charAt(i))) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** Visible characters, blanks, tabs and obs-text; nothing that could wrap to a control byte. */
    static boolean isValueChar(int c) {
        return c == '\t' || (c >= 0x20 && c <= 0xFF && c != 0x7F);
    }

    static boolean isValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (!isValueChar(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
