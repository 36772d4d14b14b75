package io.gemproxy.server.listener;

import io.gemproxy.server.exchange.HeaderField;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The fields of a head that was found sound, in their order, one character to a byte. */
final class FieldLines {
    private FieldLines() {}

    /** Blanks around a value are not part of it (RFC 9112 section 5). */
    static List<HeaderField> read(byte[] head) {
        return new String(head, StandardCharsets.ISO_8859_1)
                .substring(0, head.length - "\r\n\r\n".length())
                .lines()
                .skip(1)
                .map(FieldLines::field)
                .toList();
    }

    private static HeaderField field(String line) {
        int colon = line.indexOf(':');
        int start = colon + 1;
        int end = line.length();
        while (start < end && isBlank(line.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(line.charAt(end - 1))) {
            end--;
        }
        return new HeaderField(line.substring(0, colon), line.substring(start, end));
    }

    /** Not {@code strip}: to it some of the bytes above 0x7F are blanks. */
    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
