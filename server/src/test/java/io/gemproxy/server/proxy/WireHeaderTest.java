package io.gemproxy.server.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WireHeaderTest {
    @Test
    void bytesAboveAsciiAreWrittenAsTheyCame() {
        Header header = WireHeader.of(HeaderNames.create("X-Name"), "caf\u00c3\u00a9 \u00ff");
        assertInstanceOf(WireHeader.class, header);
        assertEquals("X-Name: caf\u00c3\u00a9 \u00ff\r\n", written(header));
    }

    @Test
    void plainValuesAreHelidonsOwn() {
        assertFalse(WireHeader.of(HeaderNames.create("X-Name"), "a \t~") instanceof WireHeader);
    }

    @Test
    void noLengthIsWrittenWhereNoneWasAnnounced() {
        assertEquals("", written(WireHeader.lengthOfNothing(-1)));
    }

    @Test
    void theLengthOfAnAnswerNotSentIsWritten() {
        assertEquals("Content-Length: 4711\r\n", written(WireHeader.lengthOfNothing(4711)));
        assertEquals("Content-Length: 0\r\n", written(WireHeader.lengthOfNothing(0)));
    }

    /** Helidon makes an error of a 304 with any other length. */
    @Test
    void countsAsALengthOfZero() {
        ServerResponseHeaders headers = ServerResponseHeaders.create();
        headers.set(WireHeader.lengthOfNothing(4711));
        assertTrue(headers.contains(HeaderValues.CONTENT_LENGTH_ZERO));
    }

    private static String written(Header header) {
        BufferData buffer = BufferData.growing(64);
        header.writeHttp1Header(buffer);
        return new String(buffer.readBytes(), StandardCharsets.ISO_8859_1);
    }
}
