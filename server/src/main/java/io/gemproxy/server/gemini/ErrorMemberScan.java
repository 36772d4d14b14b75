package io.gemproxy.server.gemini;

import java.nio.charset.StandardCharsets;

/**
 * Finds the value of the member {@code error} at the top of each JSON text of an answer (a single
 * one, SSE events, elements of an array), in any split. The same word inside a string or deeper in
 * the text, where a model's own words may stand, does not count.
 */
final class ErrorMemberScan {
    private static final byte[] NAME = "error".getBytes(StandardCharsets.US_ASCII);
    private static final int NO_MATCH = -1;

    private enum State {
        OUTSIDE,
        STRING,
        ESCAPE
    }

    private final boolean events;
    private State state = State.OUTSIDE;
    private int depth;
    private int valueDepth;
    private int matched = NO_MATCH;
    private int newlines;
    private int textStart;
    private boolean inArray;
    private boolean named;
    private boolean colon;
    private boolean first;

    /**
     * @param events whether the texts are those of server-sent events, which end at a blank line
     */
    ErrorMemberScan(boolean events) {
        this.events = events;
    }

    /** Whether no text is open, so that what comes next begins one. */
    boolean isBetweenTexts() {
        return depth == 0;
    }

    /** Whether the value found last is that of its object's first member. */
    boolean isFirst() {
        return first;
    }

    /**
     * Where the text of the value found last begins, its {@code data:} included; where the search
     * began if that was before.
     */
    int textStart() {
        return textStart;
    }

    /** Searches on; where an object, array or string that is the value begins, -1 if none does. */
    int start(byte[] bytes, int from, int to) {
        textStart = from;
        for (int at = from; at < to; at++) {
            if (state == State.STRING && matched == NO_MATCH) {
                at = skipString(bytes, at, to);
                if (at == to) {
                    return -1;
                }
            }
            if (take(bytes[at], at)) {
                return at;
            }
        }
        return -1;
    }

    /**
     * The end of the value whose beginning was found, -1 if it is not there yet.
     *
     * @param from behind the value's first byte, or where the next bytes begin
     */
    int end(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            byte b = bytes[at];
            switch (state) {
                case ESCAPE -> state = State.STRING;
                case STRING -> {
                    if (b == '\\') {
                        state = State.ESCAPE;
                    } else if (b == '"') {
                        state = State.OUTSIDE;
                    }
                }
                case OUTSIDE -> nest(b);
            }
            if (depth == valueDepth && state == State.OUTSIDE) {
                return at + 1;
            }
        }
        return -1;
    }

    private void nest(byte b) {
        switch (b) {
            case '"' -> state = State.STRING;
            case '{', '[' -> depth++;
            case '}', ']' -> depth--;
            default -> {}
        }
    }

    private int skipString(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != '"' && bytes[at] != '\\' && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    private boolean take(byte b, int at) {
        switch (state) {
            case ESCAPE -> state = State.STRING;
            case STRING -> inString(b, at);
            case OUTSIDE -> {
                return outside(b, at);
            }
        }
        return false;
    }

    private void inString(byte b, int at) {
        if (b == '"') {
            state = State.OUTSIDE;
            named = matched == NAME.length;
        } else if (b == '\\') {
            state = State.ESCAPE;
            matched = NO_MATCH;
        } else if (b == '\n' && events) {
            // No JSON string holds a raw line feed: the text was cut, the next event starts afresh.
            restart(at + 1);
            newlines = 1;
        } else {
            matched =
                    matched >= 0 && matched < NAME.length && b == NAME[matched]
                            ? matched + 1
                            : NO_MATCH;
        }
    }

    private boolean outside(byte b, int at) {
        if (b == '\n') {
            newline(at);
            return false;
        }
        if (b == '\r' || b == ' ' || b == '\t') {
            return false;
        }
        newlines = 0;
        if (colon) {
            colon = false;
            if (b == '{' || b == '[' || b == '"') {
                valueDepth = depth;
                nest(b);
                return true;
            }
        }
        structure(b, at);
        return false;
    }

    private void structure(byte b, int at) {
        colon = b == ':' && named;
        named = false;
        switch (b) {
            case '"' -> openString();
            case '{', '[' -> open(b, at);
            case '}', ']' -> close(at);
            case ',' -> first &= depth != top();
            default -> {}
        }
    }

    private void openString() {
        if (depth > 0) {
            state = State.STRING;
            matched = depth == top() ? 0 : NO_MATCH;
        }
    }

    private void open(byte b, int at) {
        if (depth == 0) {
            inArray = b == '[';
        } else if (inArray && depth == 1) {
            textStart = events ? textStart : at;
        }
        depth++;
        first |= depth == top();
    }

    private void close(int at) {
        depth = Math.max(0, depth - 1);
        if (depth == 0) {
            textStart = at + 1;
        }
    }

    private int top() {
        return inArray ? 2 : 1;
    }

    private void newline(int at) {
        newlines++;
        if (events && newlines >= 2) {
            restart(at + 1);
        }
    }

    private void restart(int at) {
        state = State.OUTSIDE;
        depth = 0;
        named = false;
        colon = false;
        textStart = at;
    }
}
