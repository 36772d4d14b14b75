package io.gemproxy.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.simulator.faults.Gate;
import io.gemproxy.simulator.record.Seen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Streams over raw connections: clients that leave, and streams that are cut. */
@SuppressWarnings("NullAway.Init") // set before all tests
final class StreamsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final String BODY =
            "{\"contents\":[{\"parts\":[{\"text\":\"hello hello hello\"}]}]}";

    private static Bench bench;

    @BeforeAll
    static void start() throws Exception {
        bench = Bench.start(BenchOptions.keys(1, 1));
    }

    @AfterAll
    static void stop() throws Exception {
        bench.close();
    }

    private static String target(String model, String query) {
        return "/v1beta/models/" + model + ":streamGenerateContent" + query;
    }

    private static RawClient open(String model, String query) throws IOException {
        RawClient client = new RawClient(bench.port());
        client.send("POST", target(model, query), credential(), BODY);
        return client;
    }

    private static String credential() {
        return "x-goog-api-key: " + bench.token() + "\r\n";
    }

    private static Seen seen(String model) throws InterruptedException {
        Seen seen = bench.simulator().await(one -> one.path().contains(model + ":"), PATIENCE);
        assertNotNull(seen, () -> "no request for " + model);
        return seen;
    }

    @Test
    void aClientThatLeavesMidStreamClosesTheUpstreamAtOnce() throws Exception {
        bench.simulator()
                .script(
                        "model gemini-3.5-flash: always events 20 and stall at event 2 until forever-1");
        try (RawClient client = open("gemini-3.5-flash", "?alt=sse")) {
            client.readUntil("data: ");
        }

        assertTrue(seen("gemini-3.5-flash").awaitClosed(AT_ONCE));
    }

    @Test
    void aClientThatIsKilledMidStreamClosesTheUpstreamAtOnce() throws Exception {
        bench.simulator()
                .script(
                        "model gemini-3.6-flash: always events 20 and stall at event 2 until forever-2");
        try (RawClient client = open("gemini-3.6-flash", "?alt=sse")) {
            client.readUntil("data: ");
            client.abort();
        }

        assertTrue(seen("gemini-3.6-flash").awaitClosed(AT_ONCE));
    }

    @Test
    void aClientThatLeavesWhileTheUpstreamIsStillSilentClosesItAtOnce() throws Exception {
        bench.simulator().script("model gemini-3.7-flash: always stall at headers until forever-3");
        RawClient client = open("gemini-3.7-flash", "?alt=sse");
        Seen seen = seen("gemini-3.7-flash");
        assertFalse(seen.closed());
        client.close();

        assertTrue(seen.awaitClosed(AT_ONCE));
    }

    @Test
    void theJsonArrayFlowsPieceByPieceToo() throws Exception {
        Gate gate = bench.simulator().stream("array");
        bench.simulator().script("model gemini-2.0-flash: always events 20 and gate array");
        try (RawClient client = open("gemini-2.0-flash", "")) {
            for (int piece = 1; piece <= 20; piece++) {
                gate.release();
                client.readUntil("\"candidates\"");
                assertEquals(piece, gate.passed());
            }
            client.readUntil("\n]");
        }
    }

    @Test
    void aCutStreamNeverEndsClean() throws Exception {
        for (String how :
                new String[] {"reset at event 3", "truncate at event 3", "close at byte 700"}) {
            bench.simulator().script("model gemini-3.8-flash: once events 8 and " + how);
            try (RawClient client = open("gemini-3.8-flash", "?alt=sse")) {
                String head = client.readUntil("\r\n\r\n");
                String body = rest(client);

                assertTrue(head.startsWith("HTTP/1.1 200 "), head);
                assertFalse(body.endsWith("\r\n0\r\n\r\n"), how + " ended clean");
            }
        }
    }

    @Test
    void aStreamNeverCarriesConnectionClose() throws Exception {
        try (RawClient client = open("gemini-2.5-flash", "?alt=sse")) {
            String head = client.readUntil("\r\n\r\n");

            assertFalse(head.toLowerCase(Locale.ROOT).contains("\r\nconnection: close"), head);
            assertTrue(rest(client).endsWith("\r\n0\r\n\r\n"), "no proper end");
        }
    }

    private static String rest(RawClient client) {
        StringBuilder read = new StringBuilder();
        byte[] buffer = new byte[4096];
        try {
            for (int n = client.in().read(buffer); n >= 0; n = client.in().read(buffer)) {
                read.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException aborted) {
            return read.toString();
        }
        return read.toString();
    }
}
