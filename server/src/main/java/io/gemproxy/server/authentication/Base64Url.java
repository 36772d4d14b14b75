package io.gemproxy.server.authentication;

import java.util.Base64;
import java.util.Optional;

/** Base64url without padding (RFC 7515 section 2), in its one canonical spelling. */
final class Base64Url {
    private Base64Url() {}

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Empty for what {@link #encode} would not have written: else a token had several spellings.
     */
    static Optional<byte[]> decode(String text) {
        if (text.isEmpty() || text.indexOf('=') >= 0) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return hasUnusedBits(text) ? Optional.empty() : Optional.of(bytes);
        } catch (IllegalArgumentException notBase64Url) {
            return Optional.empty();
        }
    }

    private static boolean hasUnusedBits(String text) {
        int unused =
                switch (text.length() % 4) {
                    case 2 -> 0b1111;
                    case 3 -> 0b11;
                    default -> 0;
                };
        return (sextet(text.charAt(text.length() - 1)) & unused) != 0;
    }

    private static int sextet(char c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        }
        if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return c == '-' ? 62 : 63;
    }
}
