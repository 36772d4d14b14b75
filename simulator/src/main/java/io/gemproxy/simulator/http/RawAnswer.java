package io.gemproxy.simulator.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What can be told about an answer that is given as the bytes on the wire. */
record RawAnswer(int status, boolean delimited) {

    /** Reads the head; what is no head has status 0 and is ended by the close. */
    static RawAnswer of(byte[] bytes, boolean toHead) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int from = 0;
        int status = status(text);
        while (status >= 100 && status < 200 && text.indexOf("\r\n\r\n", from) > 0) {
            from = text.indexOf("\r\n\r\n", from) + 4;
            status = status(text.substring(from));
        }
        int end = text.indexOf("\r\n\r\n", from);
        if (status == 0 || end < 0) {
            return new RawAnswer(status, false);
        }
        String head = text.substring(from, end + 2).toLowerCase(Locale.ROOT);
        boolean none = toHead || status == 204 || status == 304;
        return new RawAnswer(status, delimited(head, text.substring(end + 4), none));
    }

    private static int status(String text) {
        boolean http = text.startsWith("HTTP/1.1 ") && text.length() >= 12;
        String digits = http ? text.substring(9, 12) : "";
        return digits.chars().filter(c -> c >= '0' && c <= '9').count() == 3
                ? Integer.parseInt(digits)
                : 0;
    }

    private static boolean delimited(String head, String body, boolean none) {
        if (head.contains("\r\nconnection: close\r\n")) {
            return false;
        }
        if (none) {
            return body.isEmpty();
        }
        if (head.contains("\r\ntransfer-encoding: chunked\r\n")) {
            return wholeChunks(body);
        }
        return head.contains("\r\ncontent-length: " + body.length() + "\r\n");
    }

    private static boolean wholeChunks(String body) {
        int at = 0;
        while (true) {
            int line = body.indexOf("\r\n", at);
            if (line < 0) {
                return false;
            }
            String size = body.substring(at, line).split(";", 2)[0].strip();
            if (size.isEmpty() || size.length() > 7 || !size.chars().allMatch(RawAnswer::isHex)) {
                return false;
            }
            int length = Integer.parseInt(size, 16);
            if (length == 0) {
                return body.endsWith("\r\n\r\n");
            }
            at = line + 2 + length + 2;
            if (at > body.length() || !body.startsWith("\r\n", at - 2)) {
                return false;
            }
        }
    }

    private static boolean isHex(int c) {
        return Character.digit(c, 16) >= 0;
    }
}
