package io.gemproxy.server.audit;

import io.gemproxy.server.audit.chain.Chain;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;

/**
 * Builds JSON lines into one reused buffer: UTF-8, no character that a terminal or a line reader
 * would act on, every text bounded. Not for use by several threads.
 */
final class JsonLine {
    /** Longer texts are cut, and end in an ellipsis. */
    static final int MAX_TEXT = 1024;

    /** Bytes that one char of a text can become. */
    private static final int LONGEST_ESCAPE = 6;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MIN_LONG =
            Long.toString(Long.MIN_VALUE).getBytes(StandardCharsets.US_ASCII);

    private byte[] buffer = new byte[64 * 1024];
    private int length;
    private boolean first = true;

    /** What was built since {@link #clear}, as a view that is valid until the next call. */
    ByteBuffer bytes() {
        return ByteBuffer.wrap(buffer, 0, length);
    }

    /** The hash of what was built from there on, as the next record of a chain. */
    byte[] seal(Chain chain, int from) {
        return chain.seal(buffer, from, length - from);
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    /** Takes back what was built beyond a former length. */
    void truncate(int former) {
        length = former;
    }

    JsonLine open() {
        put('{');
        first = true;
        return this;
    }

    JsonLine close() {
        put('}');
        first = false;
        return this;
    }

    JsonLine openArray(String name) {
        name(name);
        put('[');
        first = true;
        return this;
    }

    JsonLine closeArray() {
        put(']');
        first = false;
        return this;
    }

    JsonLine openObject(String name) {
        name(name);
        return open();
    }

    /** An object within an array. */
    JsonLine element() {
        separate();
        return open();
    }

    void end() {
        put('\n');
    }

    JsonLine field(String name, String value) {
        name(name);
        text(value);
        return this;
    }

    JsonLine field(String name, long value) {
        name(name);
        number(value);
        return this;
    }

    JsonLine field(String name, BigDecimal value) {
        name(name);
        ascii(value.toPlainString());
        return this;
    }

    JsonLine field(String name, boolean value) {
        name(name);
        ascii(value ? "true" : "false");
        return this;
    }

    /** Text that needs no escape. */
    JsonLine field(String name, byte[] ascii) {
        name(name);
        put('"');
        ensure(ascii.length);
        System.arraycopy(ascii, 0, buffer, length, ascii.length);
        length += ascii.length;
        put('"');
        return this;
    }

    /** Milliseconds with three places, so that nothing under a millisecond reads as nothing. */
    JsonLine field(String name, Duration value) {
        name(name);
        long micros = Math.max(0, value.toNanos() / 1_000);
        number(micros / 1_000);
        put('.');
        digits((int) (micros % 1_000), 3);
        return this;
    }

    /** RFC 3339, UTC, milliseconds. */
    JsonLine field(String name, Instant value) {
        name(name);
        ZonedDateTime utc = value.atZone(ZoneOffset.UTC);
        put('"');
        digits(utc.getYear(), 4);
        put('-');
        digits(utc.getMonthValue(), 2);
        put('-');
        digits(utc.getDayOfMonth(), 2);
        put('T');
        digits(utc.getHour(), 2);
        put(':');
        digits(utc.getMinute(), 2);
        put(':');
        digits(utc.getSecond(), 2);
        put('.');
        digits(utc.getNano() / 1_000_000, 3);
        put('Z');
        put('"');
        return this;
    }

    private void name(String name) {
        separate();
        put('"');
        ascii(name);
        put('"');
        put(':');
    }

    private void separate() {
        if (!first) {
            put(',');
        }
        first = false;
    }

    private void text(String value) {
        put('"');
        int end = value.length() > MAX_TEXT ? MAX_TEXT : value.length();
        if (end < value.length() && Character.isHighSurrogate(value.charAt(end - 1))) {
            end--;
        }
        ensure(end * LONGEST_ESCAPE);
        for (int i = 0; i < end; ) {
            char unit = value.charAt(i);
            if (SafeText.isPlain(unit)) {
                buffer[length++] = (byte) unit;
                i++;
            } else {
                int c = value.codePointAt(i);
                i += Character.charCount(c);
                character(c);
            }
        }
        if (end < value.length()) {
            escape('\u2026');
        }
        put('"');
    }

    private void character(int c) {
        if (c == '"' || c == '\\') {
            put('\\');
            put(c);
        } else if (c >= 0xd800 && c <= 0xdfff) {
            escape(0xfffd); // half a pair is no character: readers differ in what they make of it
        } else if (SafeText.isUnsafe(c)) {
            escapeAny(c);
        } else {
            utf8(c);
        }
    }

    private void escapeAny(int c) {
        if (Character.isBmpCodePoint(c)) {
            escape(c);
        } else {
            escape(Character.highSurrogate(c));
            escape(Character.lowSurrogate(c));
        }
    }

    private void escape(int c) {
        put('\\');
        put('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            put(HEX[(c >> shift) & 0xf]);
        }
    }

    private void utf8(int c) {
        if (c < 0x800) {
            put(0xc0 | (c >> 6));
        } else {
            if (c < 0x10000) {
                put(0xe0 | (c >> 12));
            } else {
                put(0xf0 | (c >> 18));
                put(0x80 | ((c >> 12) & 0x3f));
            }
            put(0x80 | ((c >> 6) & 0x3f));
        }
        put(0x80 | (c & 0x3f));
    }

    @SuppressWarnings("deprecation") // of ASCII the low bytes are all there is
    private void ascii(String text) {
        ensure(text.length());
        text.getBytes(0, text.length(), buffer, length);
        length += text.length();
    }

    private void digits(int value, int width) {
        int power = 1;
        for (int i = 1; i < width; i++) {
            power *= 10;
        }
        for (; power > 0; power /= 10) {
            put('0' + value / power % 10);
        }
    }

    private void number(long value) {
        if (value == Long.MIN_VALUE) {
            for (byte digit : MIN_LONG) {
                put(digit);
            }
            return;
        }
        if (value < 0) {
            put('-');
        }
        positive(Math.abs(value));
    }

    private void positive(long value) {
        if (value >= 10) {
            positive(value / 10);
        }
        put((int) ('0' + value % 10));
    }

    private void put(int octet) {
        ensure(1);
        buffer[length++] = (byte) octet;
    }

    private void ensure(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }
}
