package io.gemproxy.simulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a script line does to the bytes on the wire. */
class FaultsIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private final Simulator simulator = Simulator.builder().key("k1", "AIza-one", "p1").start();

    @AfterEach
    void stop() {
        simulator.close();
    }

    private String exchange(String path) throws Exception {
        try (Wire wire = Wire.to(simulator).post(path)) {
            return wire.readAll();
        }
    }

    @Test
    void dripPausesBetweenPieces() throws Exception {
        simulator.script("all: drip 100 bytes per 20ms and disconnect");
        long before = System.nanoTime();
        String answer = exchange(Wire.GENERATE);
        assertTrue(answer.endsWith("}\n"));
        int length = answer.length() - answer.indexOf("\r\n\r\n") - 4;
        Duration took = Duration.ofNanos(System.nanoTime() - before);
        assertTrue(took.toMillis() >= length / 100 * 20L, took + " for " + length);
    }

    @Test
    void truncateEndsBeforeTheAnnouncedLength() throws Exception {
        simulator.script("all: truncate at byte 7");
        String answer = exchange(Wire.GENERATE);
        assertTrue(answer.contains("Content-Length: "));
        assertEquals(7, answer.length() - answer.indexOf("\r\n\r\n") - 4);
    }

    @Test
    void truncatedStreamHasNoLastChunk() throws Exception {
        simulator.script("all: truncate at event 2");
        String answer = exchange(Wire.STREAM);
        assertTrue(answer.contains("data: {"));
        assertFalse(answer.endsWith("0\r\n\r\n"));
    }

    @Test
    void closeAtHeadersSendsNothing() throws Exception {
        simulator.script("all: close at headers");
        assertEquals("", exchange(Wire.GENERATE));
    }

    @Test
    void garbageIsNoHttp() throws Exception {
        simulator.script("all: garbage");
        assertFalse(exchange(Wire.GENERATE).startsWith("HTTP/"));
    }

    @Test
    void earlyAnswerComesBeforeTheBody() throws Exception {
        simulator.script("all: early 413");
        try (Wire wire = Wire.to(simulator)) {
            wire.send(
                    "POST "
                            + Wire.GENERATE
                            + " HTTP/1.1\r\nHost: x\r\nx-goog-api-key: AIza-one\r\n"
                            + "Content-Length: 1000000\r\n\r\n{");
            String head = wire.readHead();
            assertTrue(head.startsWith("HTTP/1.1 413 "), head);
            assertTrue(head.contains("\r\nConnection: close\r\n"));
        }
    }

    @Test
    void unframedBodyEndsWithTheConnection() throws Exception {
        simulator.script("all: unframed");
        String answer = exchange(Wire.STREAM);
        assertFalse(answer.contains("Transfer-Encoding"));
        assertFalse(answer.contains("Content-Length"));
        assertTrue(answer.endsWith("}\r\n\r\n"));
    }

    @Test
    void contentLengthIsSentTwiceAndDiffers() throws Exception {
        simulator.script("all: duplicate content-length and disconnect");
        String head = exchange(Wire.GENERATE);
        int first = head.indexOf("Content-Length: ");
        int second = head.indexOf("Content-Length: ", first + 1);
        assertTrue(second > 0);
        assertFalse(head.substring(second).startsWith(head.substring(first, first + 20)));
    }

    @Test
    void lengthMayBeALie() throws Exception {
        simulator.script("all: content-length 5000 and disconnect");
        assertTrue(exchange(Wire.GENERATE).contains("Content-Length: 5000\r\n"));
    }

    @Test
    void lastCrlfIsLeftOut() throws Exception {
        simulator.script("all: no-last-crlf and disconnect");
        String answer = exchange(Wire.STREAM);
        assertTrue(answer.endsWith("\r\n0\r\n"), answer);
    }

    @Test
    void idleConnectionIsClosedWithoutAWord() throws Exception {
        simulator.script("all: idle-close 30ms");
        String answer = exchange(Wire.GENERATE);
        assertFalse(answer.contains("Connection: close"));
        assertTrue(answer.endsWith("}\n"));
    }

    @Test
    void interimTrailingAndHeadersAreAsSaid() throws Exception {
        simulator.script(
                "all: informational 103 and header X-A b and huge header 10k and trailing \"more\" and disconnect");
        String answer = exchange(Wire.GENERATE);
        assertTrue(answer.startsWith("HTTP/1.1 103 "));
        assertTrue(answer.contains("\r\nX-A: b\r\n"));
        assertTrue(answer.contains("h".repeat(10_240)));
        assertTrue(answer.endsWith("}\nmore"));
    }

    @Test
    void errorInAStreamIsItsLastEvent() throws Exception {
        simulator.script("all: error 503 at event 2 and events 3 and disconnect");
        String answer = exchange(Wire.STREAM);
        assertEquals(3, answer.split("data: ", -1).length);
        assertTrue(answer.contains("\"UNAVAILABLE\""));
        assertTrue(answer.endsWith("0\r\n\r\n"));
    }

    @Test
    void rawBytesAreSentExactlyAndTheConnectionStays() throws Exception {
        String raw = "HTTP/1.1 200 OK\r\nx:  odd \r\ncontent-length: 3\r\n\r\n\u00ff\r\n";
        simulator.raw("odd", raw.getBytes(StandardCharsets.ISO_8859_1));
        simulator.script("all: next 1 raw odd");
        try (Wire wire = Wire.to(simulator).post(Wire.GENERATE)) {
            byte[] got = wire.in().readNBytes(raw.length());
            assertArrayEquals(raw.getBytes(StandardCharsets.ISO_8859_1), got);
            assertTrue(wire.post(Wire.GENERATE).readHead().startsWith("HTTP/1.1 200 OK"));
        }
        var outcome = simulator.record().getFirst().awaitAnswered(SOON);
        assertEquals(200, Objects.requireNonNull(outcome).status());
        assertEquals(1, simulator.record().getLast().connection());
    }

    @Test
    void rawChunksKeepTheConnectionAndEndlessBytesDoNot() throws Exception {
        String chunks =
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\n\r\n";
        simulator.raw("chunks", chunks.getBytes(StandardCharsets.ISO_8859_1));
        simulator.raw("endless", "HTTP/1.1 200 OK\r\n\r\nabc".getBytes(StandardCharsets.US_ASCII));
        simulator.script("request 1: raw chunks\nrequest 2: raw endless");
        try (Wire wire = Wire.to(simulator).post(Wire.GENERATE)) {
            wire.readUntil("0\r\n\r\n");
            assertTrue(wire.post(Wire.GENERATE).readAll().endsWith("\r\n\r\nabc"));
        }
    }

    @Test
    void sorryPageIsNoJson() throws Exception {
        simulator.script("all: 403 html and disconnect");
        String answer = exchange(Wire.GENERATE);
        assertTrue(answer.startsWith("HTTP/1.1 403 Forbidden\r\nContent-Type: text/html"));
        assertTrue(answer.contains("automated queries"));
    }

    @Test
    void stallAtHeadersHoldsUntilTheGateOpens() throws Exception {
        simulator.script("all: stall at headers until g");
        try (Wire wire = Wire.to(simulator).post(Wire.GENERATE)) {
            assertTrue(simulator.stream("g").awaitWaiter(SOON));
            assertEquals(0, wire.in().available());
            simulator.stream("g").open();
            assertNotNull(wire.readHead());
        }
    }
}
