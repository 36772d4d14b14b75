package io.gemproxy.server.gemini;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Takes keys and project numbers out of the errors inside one answer that began well. Such an error
 * is the value of {@code error} at the top of a JSON text; it is held until it is whole, everything
 * else passes at once and as it is. For use by one thread.
 */
public final class InBandErrors {
    /** Most that is held of one error, in bytes. */
    public static final int LONGEST = 64 * 1024;

    private static final byte[] WORD = "\"error\"".getBytes(StandardCharsets.US_ASCII);

    /** How the JSON texts of an answer follow each other. */
    public enum Framing {
        /** One text, or an array of one. An error in it is the answer's own if nothing precedes. */
        SINGLE,
        /** An array that arrives piecewise. */
        ELEMENTS,
        /** Server-sent events, or bare texts among them. */
        EVENTS,
        /** No JSON that is ours to read: all passes. */
        OPAQUE
    }

    private final Framing framing;
    private final boolean fixedLength;
    private final ErrorScrubber scrubber;
    private final Consumer<byte[]> listener;
    private final ErrorMemberScan scan;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream(0);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(0);
    private boolean holding;
    private int beforeValue;

    /**
     * A filter for one answer.
     *
     * @param fixedLength whether the length was announced, so that what is taken out has to be made
     *     up for by blanks
     * @param listener is told of each error that is the answer's or an event's own before its bytes
     *     pass: {@code {"error":…}} as it came, keys included, cut where the answer was
     */
    public InBandErrors(
            Framing framing,
            boolean fixedLength,
            ErrorScrubber scrubber,
            Consumer<byte[]> listener) {
        this.framing = framing;
        this.fixedLength = fixedLength;
        this.scrubber = scrubber;
        this.listener = listener;
        this.scan = new ErrorMemberScan(framing == Framing.EVENTS);
    }

    /**
     * Looks at the next bytes of the body, content coding removed.
     *
     * @return whether they pass as they are; if not, {@link #rewritten()} takes their place
     * @throws IOException if an error is too long to be held, or cannot be rewritten within its
     *     length: the answer must be cut
     */
    public boolean passes(byte[] bytes, int count) throws IOException {
        if (framing == Framing.OPAQUE || (!holding && isWholeEventsWithoutError(bytes, count))) {
            return true;
        }
        int at = holding ? goOn(bytes, 0, count) : 0;
        while (!holding) {
            int start = scan.start(bytes, at, count);
            if (start < 0) {
                return at == 0 || rest(bytes, at, count);
            }
            at = begin(bytes, at, start, count);
        }
        return false;
    }

    private boolean rest(byte[] bytes, int from, int count) {
        out.write(bytes, from, count - from);
        return false;
    }

    /** What goes to the client now in place of the bytes that did not pass; may be empty. */
    public byte[] rewritten() {
        byte[] bytes = out.toByteArray();
        out.reset();
        return bytes;
    }

    /**
     * Call it after the last byte.
     *
     * @throws IOException if the answer ended inside an error, of which nothing must pass, since
     *     half a key is not recognised
     */
    public void finish() throws IOException {
        if (holding) {
            tell(held.toByteArray());
            throw new IOException("answer ended inside an error");
        }
    }

    /**
     * As {@link #passes}, for a body that is whole.
     *
     * @return the same array if nothing was taken out
     */
    public byte[] whole(byte[] body) throws IOException {
        if (framing == Framing.OPAQUE || !mentionsError(body, body.length)) {
            return body;
        }
        boolean passed = passes(body, body.length);
        finish();
        return passed ? body : rewritten();
    }

    /** What most reads of a stream are, found out without following the text. */
    private boolean isWholeEventsWithoutError(byte[] bytes, int count) {
        return framing == Framing.EVENTS
                && scan.isBetweenTexts()
                && endsWithBlankLine(bytes, count)
                && !mentionsError(bytes, count);
    }

    private static boolean endsWithBlankLine(byte[] bytes, int count) {
        return count > 3
                && bytes[count - 1] == '\n'
                && (bytes[count - 2] == '\n'
                        || (bytes[count - 2] == '\r' && bytes[count - 3] == '\n'));
    }

    /** Horspool's search: most of the bytes are not looked at. */
    static boolean mentionsError(byte[] bytes, int count) {
        int last = WORD.length - 1;
        int at = last;
        while (at < count) {
            switch (bytes[at]) {
                case '"' -> {
                    if (Arrays.equals(bytes, at - last, at + 1, WORD, 0, WORD.length)) {
                        return true;
                    }
                    at += last;
                }
                case 'e' -> at += last - 1;
                case 'r' -> at += 1;
                case 'o' -> at += 2;
                default -> at += WORD.length;
            }
        }
        return false;
    }

    /** Holds an error from the beginning of its text, as far as that is in these bytes. */
    private int begin(byte[] bytes, int from, int value, int count) throws IOException {
        int text = scan.textStart();
        out.write(bytes, from, text - from);
        held.write(bytes, text, value + 1 - text);
        beforeValue = value - text;
        holding = true;
        return goOn(bytes, value + 1, count);
    }

    /** Holds more of the error, and lets it go rewritten when it is whole; where that ends. */
    private int goOn(byte[] bytes, int from, int count) throws IOException {
        int end = scan.end(bytes, from, count);
        int to = end < 0 ? count : end;
        held.write(bytes, from, to - from);
        if (held.size() - beforeValue > LONGEST) {
            tell(held.toByteArray());
            throw new IOException("an error inside the answer is too long");
        }
        if (end >= 0) {
            release();
        }
        return to;
    }

    private void release() throws IOException {
        byte[] all = held.toByteArray();
        held.reset();
        holding = false;
        tell(all);
        byte[] value = Arrays.copyOfRange(all, beforeValue, all.length);
        byte[] clean = scrubber.scrub(value);
        out.write(all, 0, beforeValue);
        out.write(clean);
        if (fixedLength) {
            fill(value.length - clean.length);
        }
    }

    private void fill(int missing) throws IOException {
        if (missing < 0) {
            throw new IOException("a rewritten error does not fit into the announced length");
        }
        for (int i = 0; i < missing; i++) {
            out.write(' ');
        }
    }

    private void tell(byte[] all) {
        if (framing == Framing.SINGLE && !scan.isFirst()) {
            return;
        }
        ByteArrayOutputStream error = new ByteArrayOutputStream(all.length);
        error.writeBytes("{\"error\":".getBytes(StandardCharsets.US_ASCII));
        error.writeBytes(joined(Arrays.copyOfRange(all, beforeValue, all.length)));
        error.write('}');
        listener.accept(error.toByteArray());
    }

    /** The value without the field names of an event that has several {@code data:} lines. */
    private static byte[] joined(byte[] value) {
        String text = new String(value, StandardCharsets.ISO_8859_1);
        return text.replace("\ndata:", "\n").getBytes(StandardCharsets.ISO_8859_1);
    }
}
