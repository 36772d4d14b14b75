package io.gemproxy.server.gemini;

import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/**
 * Tells the plain members of a JSON text's top object, and of objects right inside it, without
 * making anything of the rest. The text may be cut off.
 *
 * <p>It is more lenient than JSON on purpose, as {@link StringScanner} is: what a lenient reader
 * upstream understands must not pass here unseen.
 */
final class MemberScanner {
    private static final String ESCAPED = "\\\"'/bfnrt";
    private static final String PLAIN = "\\\"'/\b\f\n\r\t";

    /** A character for each byte: what finds one in a string looks at many at a time. */
    private final String text;

    private final Predicate<String> inside;
    private final Found found;
    private int at;
    private int depth;
    private boolean opened;
    private String parent = "";
    private String field = "";
    private String word = "";

    /** Takes what is found. */
    @FunctionalInterface
    interface Found {
        /**
         * @param parent the member whose value it stands in; empty at the top
         * @param value a string without its quotes, or a number or word as it stands there
         */
        void member(String parent, String name, String value);
    }

    private MemberScanner(String text, Predicate<String> inside, Found found) {
        this.text = text;
        this.inside = inside;
        this.found = found;
    }

    /**
     * Reads a text.
     *
     * @param inside the members of the top object whose own members are told too
     */
    static void scan(byte[] text, Predicate<String> inside, Found found) {
        new MemberScanner(new String(text, StandardCharsets.ISO_8859_1), inside, found).run();
    }

    private void run() {
        while (at < text.length()) {
            char next = text.charAt(at++);
            switch (next) {
                case '"', '\'' -> string(next);
                case '{', '[' -> open(next == '{');
                case '}', ']' -> close();
                case ',' -> tell();
                case ':' -> name();
                case ' ', '\t', '\r', '\n' -> {}
                default -> bare();
            }
        }
        // what stands last may be cut off in the middle: the beginning of a number is another
        // number
    }

    private boolean heard() {
        return depth == 1 || (depth == 2 && opened);
    }

    private void open(boolean object) {
        if (depth == 0 && !object) {
            at = text.length();
        }
        if (depth == 1) {
            opened = object && inside.test(field);
            parent = field;
        }
        depth++;
        field = "";
        word = "";
    }

    private void close() {
        tell();
        depth = Math.max(0, depth - 1);
    }

    private void name() {
        if (heard()) {
            field = word;
            word = "";
        }
    }

    private void tell() {
        if (!field.isEmpty() && !word.isEmpty() && heard()) {
            found.member(depth == 1 ? "" : parent, field, word);
        }
        field = "";
        word = "";
    }

    private void string(char quote) {
        int start = at;
        int end = text.indexOf(quote, at);
        while (end >= 0 && isEscaped(start, end)) {
            end = text.indexOf(quote, end + 1);
        }
        at = end < 0 ? text.length() : end + 1;
        if (end >= 0 && heard()) {
            String raw = text.substring(start, end);
            begin(raw.indexOf('\\') < 0 ? raw : unescaped(raw));
        }
    }

    /** Whether an odd number of backslashes stands before it. */
    private boolean isEscaped(int start, int end) {
        int before = end;
        while (before > start && text.charAt(before - 1) == '\\') {
            before--;
        }
        return (end - before) % 2 != 0;
    }

    private void bare() {
        int start = at - 1;
        while (at < text.length() && isBare(text.charAt(at))) {
            at++;
        }
        if (heard()) {
            begin(text.substring(start, at));
        }
    }

    /** Where a comma is missing, the member before is over with its value. */
    private void begin(String next) {
        if (!word.isEmpty()) {
            tell();
        }
        word = next;
    }

    private static boolean isBare(char next) {
        return switch (next) {
            case '"', '\'', '{', '}', '[', ']', ',', ':', ' ', '\t', '\r', '\n' -> false;
            default -> true;
        };
    }

    private static String unescaped(String raw) {
        StringBuilder plain = new StringBuilder(raw.length());
        int i = 0;
        while (i < raw.length()) {
            char next = raw.charAt(i++);
            if (next == '\\' && i < raw.length()) {
                char escape = raw.charAt(i++);
                if (escape == 'u' && i + 4 <= raw.length()) {
                    plain.append(unicode(raw, i));
                    i += 4;
                } else {
                    int known = ESCAPED.indexOf(escape);
                    plain.append(known < 0 ? escape : PLAIN.charAt(known));
                }
            } else {
                plain.append(next);
            }
        }
        return plain.toString();
    }

    private static char unicode(String raw, int from) {
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            value = value * 16 + Math.max(0, Character.digit(raw.charAt(i), 16));
        }
        return (char) value;
    }
}
