package io.gemproxy.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.server.exchange.HeaderField;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldLinesTest {
    private static byte[] bytes(String head) {
        return head.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void fieldsKeepTheirOrderTheirNamesAndTheirBytes() {
        byte[] head =
                bytes(
                        "GET / HTTP/1.1\r\nHost: a\r\nX: \t\u00a0\u0085 \u00ff\t \r\nx:\r\nX: a:b\r\n\r\n");
        assertEquals(
                List.of(
                        new HeaderField("Host", "a"),
                        new HeaderField("X", "\u00a0\u0085 \u00ff"),
                        new HeaderField("x", ""),
                        new HeaderField("X", "a:b")),
                FieldLines.read(head));
    }

    @Test
    void theGuardTellsOfObsTextForThisRequestOnly() {
        WireGuard guard = new WireGuard(WireLimits.withBody(1000));
        guard.offer(
                bytes(
                        "GET / HTTP/1.1\r\nHost: a\r\nX: \u00e9\r\n\r\n"
                                + "GET / HTTP/1.1\r\nHost: a\r\nX: e\r\n\r\n"));
        guard.next();
        assertEquals(
                List.of(new HeaderField("Host", "a"), new HeaderField("X", "\u00e9")),
                guard.fieldsWithObsText());
        guard.next();
        assertEquals(List.of(), guard.fieldsWithObsText());
    }
}
