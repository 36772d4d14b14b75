package io.gemproxy.server.gemini;

import java.nio.charset.StandardCharsets;

/** Recognises what looks like an API key or a project number, whoever's it is. */
final class SuspectText {
    private static final byte[] STANDARD = ascii("AIza");
    private static final byte[] AUTH = ascii("AQ.");
    private static final byte[] LABEL = ascii("api_key:");
    private static final byte[] CONTAINER = ascii("containerInfo");
    private static final byte[] PROJECT = ascii("project");
    private static final byte[] NUMBER = ascii("number");
    private static final int STANDARD_RUN = 35;
    private static final int AUTH_RUN = 16;
    private static final int LONGEST_SEPARATOR = 8;
    private static final int FEWEST_DIGITS = 4;

    private SuspectText() {}

    /** The end of an {@code AIza…} or {@code AQ.…} key that begins here; 0 if none does. */
    static int endOfKey(byte[] text, int at) {
        if (startsWith(text, at, STANDARD)) {
            return run(text, at + STANDARD.length, STANDARD_RUN, false);
        }
        boolean fresh = at == 0 || !isKeyByte(text[at - 1], false);
        return fresh && startsWith(text, at, AUTH)
                ? run(text, at + AUTH.length, AUTH_RUN, true)
                : 0;
    }

    /** What follows {@code api_key:}. */
    static long labelledKey(byte[] text, int at) {
        int start = at + LABEL.length;
        return startsWith(text, at, LABEL)
                ? ErrorScrubber.span(start, run(text, start, 1, true))
                : 0;
    }

    /**
     * The digits after {@code projects/}, {@code project }, {@code project=}, {@code project number
     * } and their like.
     */
    static long projectNumber(byte[] text, int at) {
        int word = afterWord(text, at);
        if (word == 0) {
            return 0;
        }
        int digits = word;
        while (digits < text.length
                && digits < word + LONGEST_SEPARATOR
                && isSeparator(text, digits)) {
            digits += text[digits] == '%' ? 3 : 1;
        }
        int end = digits;
        while (end < text.length && text[end] >= '0' && text[end] <= '9') {
            end++;
        }
        boolean named = digits == word + 1 && text[word] == '/';
        boolean enough = end - digits >= (named ? 1 : FEWEST_DIGITS);
        return digits > word && enough ? ErrorScrubber.span(digits, end) : 0;
    }

    private static int afterWord(byte[] text, int at) {
        if (startsWith(text, at, CONTAINER)) {
            return at + CONTAINER.length;
        }
        if ((text[at] | 0x20) != 'p' || !startsWith(text, at + 1, PROJECT, 1)) {
            return 0;
        }
        int end = at + PROJECT.length;
        if (end < text.length && text[end] == 's') {
            return end + 1;
        }
        return startsWith(text, end + 1, NUMBER) ? end + 1 + NUMBER.length : end;
    }

    private static boolean isSeparator(byte[] text, int at) {
        return switch (text[at]) {
            case '/', ':', '=', ' ', '#', '"', '\'', '\\' -> true;
            case '%' -> at + 2 < text.length && (text[at + 1] == '2' || text[at + 1] == '3');
            default -> false;
        };
    }

    /** The end of a run of key characters, or 0 if it is shorter than asked. */
    private static int run(byte[] text, int start, int atLeast, boolean dots) {
        int end = start;
        while (end < text.length && isKeyByte(text[end], dots)) {
            end++;
        }
        return end - start >= atLeast ? end : 0;
    }

    private static boolean isKeyByte(byte b, boolean dots) {
        return (b >= '0' && b <= '9')
                || (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || b == '_'
                || b == '-'
                || (dots && b == '.');
    }

    private static boolean startsWith(byte[] text, int at, byte[] word) {
        return startsWith(text, at, word, 0);
    }

    private static boolean startsWith(byte[] text, int at, byte[] word, int from) {
        if (at + word.length - from > text.length) {
            return false;
        }
        for (int i = from; i < word.length; i++) {
            if (text[at + i - from] != word[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }
}
