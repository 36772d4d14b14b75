package io.gemproxy.server.gemini;

/**
 * Steps over the values of a JSON text without reading them; positions beyond the end stand for a
 * text that was cut off.
 */
final class JsonSkip {
    private final byte[] text;

    JsonSkip(byte[] text) {
        this.text = text;
    }

    boolean is(int at, char wanted) {
        return at < text.length && text[at] == wanted;
    }

    /** The first position from here on that is no white space. */
    int space(int from) {
        int at = from;
        while (at < text.length
                && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
            at++;
        }
        return Math.min(at, text.length);
    }

    /** Behind the value that begins here; the end of the text if the value was cut off. */
    int value(int start) {
        if (start >= text.length) {
            return text.length;
        }
        return switch (text[start]) {
            case '"' -> string(start + 1);
            case '{', '[' -> nested(start + 1, 1);
            default -> scalar(start);
        };
    }

    /** Behind the end of the array or object in which this position lies. */
    int rest(int from) {
        return nested(from, 1);
    }

    private int nested(int from, int opened) {
        int depth = opened;
        int at = from;
        while (at < text.length && depth > 0) {
            byte next = text[at++];
            if (next == '"') {
                at = string(at);
            } else if (next == '{' || next == '[') {
                depth++;
            } else if (next == '}' || next == ']') {
                depth--;
            }
        }
        return at;
    }

    private int string(int from) {
        int at = from;
        while (at < text.length && text[at] != '"') {
            at += text[at] == '\\' ? 2 : 1;
        }
        return Math.min(at + 1, text.length);
    }

    private int scalar(int from) {
        int at = from;
        while (at < text.length && ",]} \n\r\t".indexOf(text[at]) < 0) {
            at++;
        }
        return Math.max(at, Math.min(from + 1, text.length));
    }
}
