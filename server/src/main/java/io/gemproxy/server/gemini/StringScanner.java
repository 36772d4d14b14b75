package io.gemproxy.server.gemini;

import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Finds the strings of a JSON text and the field each stands under, a piece at a time and without
 * keeping the text.
 *
 * <p>It is more lenient than JSON on purpose (single quotes, bare names, missing commas): what a
 * lenient reader upstream understands must not pass here unseen.
 */
final class StringScanner {
    /** Longer strings are no names; they are passed over. */
    static final int LONGEST = 512;

    /** What nobody wants the value of is kept so far only: it may be a name. */
    private static final int LONGEST_NAME = 64;

    private final Predicate<String> wanted;
    private final BiConsumer<String, String> found;
    private byte[] text = new byte[LONGEST_NAME];
    private int length;
    private State state = State.OUTSIDE;
    private int quote;
    private int hexDigits;
    private int hexValue;
    private String field = "";
    private int most = LONGEST_NAME;
    private final Watch watch;
    private final byte[] one = new byte[1];
    private boolean watched;

    /** Follows strings of any length while they pass, a piece at a time, escapes resolved. */
    interface Watch {
        /** Of a scanner that only looks for short strings. */
        Watch NONE =
                new Watch() {
                    @Override
                    public boolean begins(String field) {
                        return false;
                    }

                    @Override
                    public void piece(byte[] bytes, int offset, int count) {}

                    @Override
                    public void ends() {}
                };

        /**
         * A string begins; it may turn out to be the next field's name, and then never ends.
         *
         * @return whether to follow it
         */
        boolean begins(String field);

        /** The next piece of the string that began last. */
        void piece(byte[] bytes, int offset, int count);

        /** It was a value, and is over. */
        void ends();
    }

    /**
     * @param wanted the fields whose values are told
     * @param found is given field and value; a value longer than {@link #LONGEST} bytes is left out
     */
    StringScanner(Predicate<String> wanted, BiConsumer<String, String> found) {
        this(wanted, found, Watch.NONE);
    }

    /** One that tells no values, and follows the strings it is asked to. */
    StringScanner(Watch watch) {
        this(field -> false, (field, value) -> {}, watch);
    }

    private StringScanner(Predicate<String> wanted, BiConsumer<String, String> found, Watch watch) {
        this.wanted = wanted;
        this.found = found;
        this.watch = watch;
    }

    /** One that goes on from here by itself, telling the same listener. */
    StringScanner copy() {
        StringScanner copy = new StringScanner(wanted, found);
        copy.text = text.clone();
        copy.most = most;
        copy.length = length;
        copy.state = state;
        copy.quote = quote;
        copy.hexDigits = hexDigits;
        copy.hexValue = hexValue;
        copy.field = field;
        return copy;
    }

    /** A string does not go on in the next line, whatever its quotes say. */
    void endLine() {
        state = state == State.OUTSIDE ? State.OUTSIDE : State.ENDED;
        tell();
    }

    /** The next piece of the text. */
    void accept(byte[] bytes, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            if (state == State.STRING) {
                i = overPlainText(bytes, i, offset + count);
                if (i == offset + count) {
                    return;
                }
            }
            step(bytes[i] & 0xFF);
        }
    }

    /** Long strings are most of a large body: their plain bytes need no step each. */
    private int overPlainText(byte[] bytes, int from, int end) {
        int i = StringEnd.find(bytes, from, end, (char) quote, '\\', '\\');
        int kept = Math.min(i - from, most - length);
        if (kept > 0) {
            System.arraycopy(bytes, from, text, length, kept);
        }
        length = Math.min(length + i - from, LONGEST + 1);
        if (watched && i > from) {
            watch.piece(bytes, from, i - from);
        }
        return i;
    }

    private void step(int next) {
        switch (state) {
            case OUTSIDE, BARE, ENDED -> between(next);
            case STRING -> state = next == '\\' ? State.ESCAPE : State.ENDED;
            case ESCAPE -> escape(next);
            case UNICODE -> unicode(next);
        }
    }

    private void between(int next) {
        if (next == ' ' || next == '\t' || next == '\n' || next == '\r') {
            state = state == State.BARE ? State.ENDED : state;
        } else if (isBare(next)) {
            begin(State.BARE, state != State.BARE);
            keep((byte) next);
        } else if (next == ':' && state != State.OUTSIDE) {
            name(word());
            watched = false;
            state = State.OUTSIDE;
        } else if (next == '"' || next == '\'') {
            begin(State.STRING, true);
            quote = next;
        } else {
            tell();
        }
    }

    private void name(String name) {
        field = name;
        most = wanted.test(name) ? LONGEST : LONGEST_NAME;
        if (text.length < most) {
            text = new byte[LONGEST];
        }
    }

    private void begin(State begun, boolean fresh) {
        if (fresh) {
            tell();
            length = 0;
            watched = begun == State.STRING && watch.begins(field);
        }
        state = begun;
    }

    private void tell() {
        boolean value = state == State.ENDED || state == State.BARE;
        state = State.OUTSIDE;
        if (value && watched) {
            watch.ends();
            watched = false;
        }
        if (value && length <= LONGEST && most == LONGEST) {
            found.accept(field, word());
        }
    }

    private void escape(int next) {
        if (next == 'u') {
            hexDigits = 0;
            hexValue = 0;
            state = State.UNICODE;
            return;
        }
        keep((byte) (next == '/' || next == '\\' || next == '"' || next == '\'' ? next : ' '));
        state = State.STRING;
    }

    private void unicode(int next) {
        hexValue = hexValue * 16 + Math.max(0, Character.digit(next, 16));
        if (++hexDigits == 4) {
            keep((byte) (hexValue < 0x80 ? hexValue : '?'));
            state = State.STRING;
        }
    }

    private void keep(byte next) {
        if (length < most) {
            text[length] = next;
        }
        length = Math.min(length + 1, LONGEST + 1);
        if (watched) {
            one[0] = next;
            watch.piece(one, 0, 1);
        }
    }

    private String word() {
        return new String(text, 0, Math.min(length, most), StandardCharsets.ISO_8859_1);
    }

    private static boolean isBare(int next) {
        boolean letter = (next | 0x20) >= 'a' && (next | 0x20) <= 'z';
        boolean digit = next >= '0' && next <= '9';
        return letter || digit || next == '_' || next == '$' || next == '-' || next == '.';
    }

    private enum State {
        OUTSIDE,
        BARE,
        STRING,
        ESCAPE,
        UNICODE,
        ENDED
    }
}
