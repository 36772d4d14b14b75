package io.gemproxy.server.proxy;

import io.helidon.common.GenericType;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.mapper.MapperException;
import io.helidon.common.mapper.Value;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A field of an answer whose bytes on the wire are ours to say, where Helidon's would differ. */
public final class WireHeader implements Header {
    private final Header plain;
    private final byte[] line;

    private WireHeader(Header plain, byte[] line) {
        this.plain = plain;
        this.line = line;
    }

    /**
     * A field with bytes above 0x7F in its value (obs-text, RFC 9110, 5.5), one to a character;
     * Helidon writes them as question marks.
     */
    static Header of(HeaderName name, String value) {
        return isAscii(value)
                ? HeaderValues.create(name, value)
                : new WireHeader(HeaderValues.create(name, value), line(name, value));
    }

    /**
     * The length of an answer without a body: to HEAD or of 304, which may name that of another
     * answer, or of 204, which must not name one (RFC 9110, 8.6). Helidon would write a zero, or
     * take the length for a mistake.
     *
     * @param announced in bytes; negative to send none
     */
    public static Header lengthOfNothing(long announced) {
        byte[] line =
                announced < 0
                        ? new byte[0]
                        : line(HeaderNames.CONTENT_LENGTH, Long.toString(announced));
        return new WireHeader(HeaderValues.CONTENT_LENGTH_ZERO, line);
    }

    private static boolean isAscii(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static byte[] line(HeaderName name, String value) {
        return (name.defaultCase() + ": " + value + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void writeHttp1Header(BufferData buffer) {
        buffer.write(line);
    }

    @Override
    public String name() {
        return plain.name();
    }

    @Override
    public HeaderName headerName() {
        return plain.headerName();
    }

    @Override
    public List<String> allValues() {
        return plain.allValues();
    }

    @Override
    public int valueCount() {
        return plain.valueCount();
    }

    @Override
    public boolean sensitive() {
        return plain.sensitive();
    }

    @Override
    public boolean changing() {
        return plain.changing();
    }

    @Override
    public String get() {
        return plain.get();
    }

    @Override
    public <N> Value<N> as(Class<N> type) throws MapperException {
        return plain.as(type);
    }

    @Override
    public <N> Value<N> as(GenericType<N> type) throws MapperException {
        return plain.as(type);
    }

    @Override
    public <N> Value<N> as(Function<? super String, ? extends N> mapper) {
        return plain.as(mapper);
    }

    @Override
    public Optional<String> asOptional() throws MapperException {
        return plain.asOptional();
    }

    @Override
    public Value<Boolean> asBoolean() {
        return plain.asBoolean();
    }

    @Override
    public Value<String> asString() {
        return plain.asString();
    }

    @Override
    public Value<Integer> asInt() {
        return plain.asInt();
    }

    @Override
    public Value<Long> asLong() {
        return plain.asLong();
    }

    @Override
    public Value<Double> asDouble() {
        return plain.asDouble();
    }
}
