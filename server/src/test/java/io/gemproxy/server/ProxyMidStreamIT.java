package io.gemproxy.server;

import static io.gemproxy.server.ServerFixture.FLASH;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.simulator.record.Seen;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that break off, and clients that leave, after the first byte. */
class ProxyMidStreamIT {
    private static final String SSE = FLASH + ":streamGenerateContent?alt=sse";
    private static final String HELLO = ProxyFailoverIT.HELLO;
    private static final byte[] BODY = HELLO.getBytes(StandardCharsets.UTF_8);

    private static ServerFixture fixture;

    @BeforeAll
    static void start() throws Exception {
        fixture = ServerFixture.usual();
    }

    @AfterAll
    static void stop() throws Exception {
        fixture.close();
    }

    static Stream<Arguments> breaks() {
        return Stream.of("reset", "truncate")
                .flatMap(how ->
                        Stream.of(SSE, FLASH + ":generateContent")
                                .map(target -> Arguments.of(how, target)));
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void anAnswerBrokenAtAnyByteIsCutAndNeverEndsCleanly(String how, String target)
            throws Exception {
        byte[] all = fixture.post(target, HELLO).body();
        IntStream positions =
                IntStream.concat(
                        IntStream.of(0, 1, 2, 5, 7, 100, all.length / 2),
                        IntStream.of(all.length - 3, all.length - 2, all.length - 1));
        for (int at : positions.toArray()) {
            brokenAt(how + " at byte " + at, target, all);
        }
        if (target.equals(SSE)) {
            brokenAt(how + " at end", target, all);
        }
    }

    private static void brokenAt(String effect, String target, byte[] all) throws Exception {
        var rules = fixture.simulator.script("all: always " + effect);
        try {
            String id = UUID.randomUUID().toString();
            Wire.Reply reply = fixture.post(target, HELLO, "x-request-id: " + id);
            assertFalse(reply.whole(), () -> effect + " looked whole: " + reply.text());
            byte[] began = Arrays.copyOf(all, reply.body().length);
            assertArrayEquals(began, reply.body(), effect);
            JsonNode record = fixture.auditOfClientId(id);
            assertEquals("Failure", record.path("result").asText(), effect);
            assertEquals("upstream_broken", record.path("error_reason").asText(), effect);
            assertEquals(1, record.path("attempts").size());
        } finally {
            fixture.simulator.forget(rules);
        }
    }

    @Test
    void garbageInTheFramingOfAStreamIsCutWhereItStarts() throws Exception {
        String head =
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n5\r\ndata:\r\n";
        for (String rest :
                List.of(
                        "zz\r\n",
                        "5\r\nabcdeX",
                        "-1\r\n",
                        "ffffffffffffffff\r\n",
                        "\u0000\u0001\u0002garbage")) {
            fixture.simulator.raw("broken", (head + rest).getBytes(StandardCharsets.ISO_8859_1));
            var rules = fixture.simulator.script("all: always raw broken");
            Wire.Reply reply = fixture.post(SSE, HELLO);
            fixture.simulator.forget(rules);
            assertFalse(reply.whole(), () -> rest + " looked whole: " + reply.text());
            assertTrue(reply.text().startsWith("data:") || reply.status() == 0, rest);
        }
    }

    @Test
    void anAnswerShorterOrLongerThanItsLengthIsNotMadeWhole() throws Exception {
        for (String length : List.of("200000", "500")) {
            String small = length.equals("500") ? "x".repeat(400) : "y".repeat(150_000);
            fixture.simulator.raw(
                    "short",
                    ("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: "
                                    + length
                                    + "\r\n\r\n"
                                    + small)
                            .getBytes(StandardCharsets.ISO_8859_1));
            var rules = fixture.simulator.script("all: always raw short and disconnect");
            Wire.Reply reply = fixture.get("/v1beta/models");
            fixture.simulator.forget(rules);
            assertFalse(reply.whole(), length);
        }
    }

    @Test
    void garbageInPlaceOfAnAnswerIsABadGateway() throws Exception {
        var rules = fixture.simulator.script("all: always garbage");
        Wire.Reply reply = fixture.post("/v1beta/cachedContents", "{}");
        fixture.simulator.forget(rules);
        assertEquals(502, reply.status());
        assertFalse(reply.text().contains("garbage"));
    }

    @Test
    void anErrorEventInsideAStreamPassesAsItIs() throws Exception {
        var rules = fixture.simulator.script("all: always error 503 at event 2");
        Wire.Reply reply = fixture.post(SSE, HELLO);
        fixture.simulator.forget(rules);
        assertTrue(reply.whole());
        assertTrue(reply.text().contains("\"code\": 503"), reply::text);
        assertEquals(200, reply.status());
    }

    @Test
    void aChunkThatArrivesIsAChunkThatLeaves() throws Exception {
        var rules = fixture.simulator.script("all: always events 5 and gate slow");
        var gate = fixture.simulator.stream("slow");
        try (Wire wire = fixture.connect()) {
            wire.send("POST", SSE, List.of("x-goog-api-key: " + fixture.token()), BODY);
            gate.release();
            assertEquals(200, wire.head().status());
            for (int event = 1; event <= 5; event++) {
                String chunk = new String(wire.chunk(), StandardCharsets.UTF_8);
                assertTrue(chunk.startsWith("data: ") && chunk.endsWith("\r\n\r\n"), chunk);
                assertEquals(event, gate.passed());
                gate.release();
            }
            assertEquals(0, wire.chunk().length);
        } finally {
            fixture.simulator.forget(rules);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stall at headers", "stall at event 2", "stall at end"})
    void aClientThatLeavesASilentUpstreamEndsItWithinASecond(String effect) throws Exception {
        for (boolean reset : new boolean[] {true, false}) {
            var rules = fixture.simulator.script("all: always " + effect);
            String id = UUID.randomUUID().toString();
            List<String> fields =
                    List.of("x-goog-api-key: " + fixture.token(), "x-request-id: " + id);
            fixture.simulator.clearRecord();
            Seen seen;
            try (Wire wire = fixture.connect()) {
                wire.send("POST", SSE, fields, BODY);
                if (!effect.endsWith("headers")) {
                    assertEquals(200, wire.head().status());
                    wire.chunk();
                }
                seen = fixture.simulator.await(request -> true, Duration.ofSeconds(5));
                assertNotNull(seen);
                assertFalse(seen.closed());
                if (reset) {
                    wire.reset();
                }
            }
            assertTrue(seen.awaitClosed(Duration.ofSeconds(1)), effect);
            fixture.simulator.forget(rules);
            JsonNode record = fixture.auditOfClientId(id);
            assertEquals("Aborted", record.path("result").asText(), record::toString);
            assertEquals("client_gone", record.path("error_reason").asText());
        }
    }

    @Test
    void fiveHundredAbortsLeaveNoConnectionBehind() throws Exception {
        var rules = fixture.simulator.script("all: always stall at event 2");
        String subject = "leaver";
        int threads = 10;
        List<Thread> clients =
                IntStream.range(0, threads)
                        .mapToObj(n -> Thread.startVirtualThread(() -> abortFifty(subject)))
                        .toList();
        for (Thread client : clients) {
            client.join();
        }
        fixture.simulator.forget(rules);
        ServerFixture.await(
                () -> fixture.simulator.connections() <= threads,
                Duration.ofSeconds(5),
                "upstream connections are closed");
        List<JsonNode> records = fixture.requestsOf(subject, 500);
        assertTrue(
                records.stream()
                        .allMatch(record -> record.path("result").asText().equals("Aborted")));
        assertEquals(200, fixture.post(SSE, HELLO).status());
        assertEquals(0, fixture.adminJson("/performance").path("streams").asInt());
    }

    private static void abortFifty(String subject) {
        List<String> fields = List.of("x-goog-api-key: " + ServerFixture.token(subject));
        for (int i = 0; i < 50; i++) {
            try (Wire wire = fixture.connect()) {
                wire.send("POST", SSE, fields, BODY);
                wire.head();
                wire.chunk();
            } catch (java.io.IOException failed) {
                throw new java.io.UncheckedIOException(failed);
            }
        }
    }

    @Test
    void aClientThatReadsNothingStallsNobodyElse() throws Exception {
        try (Wire idle = fixture.connect()) {
            idle.send(
                    "GET",
                    "/v1beta/files/huge-50000000:download?alt=media",
                    List.of("x-goog-api-key: " + fixture.token()),
                    new byte[0]);
            assertEquals(200, idle.head().status());
            assertEquals(200, fixture.post(SSE, HELLO).status());
        }
    }
}
