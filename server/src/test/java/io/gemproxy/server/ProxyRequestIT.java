package io.gemproxy.server;

import static io.gemproxy.server.ServerFixture.FLASH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.simulator.record.Seen;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Request bodies that are too large, or that never end, and an upstream that is not there. */
class ProxyRequestIT {
    private static final String UNARY = FLASH + ":generateContent";
    private static final String HELLO = ProxyFailoverIT.HELLO;

    @Test
    void aBodyOverTheLimitIs413WhetherAnnouncedOrChunkedAndIsOnRecordOnce() throws Exception {
        try (ServerFixture fixture =
                ServerFixture.with().set("server.max_request_body_bytes=2048").start()) {
            byte[] large = "x".repeat(5000).getBytes(StandardCharsets.UTF_8);
            Wire.Reply announced = fixture.call("POST", UNARY, large);
            assertEquals(413, announced.status());
            assertEquals(
                    "body_too_large", fixture.auditOf(announced).path("error_reason").asText());
            try (Wire wire = fixture.connect()) {
                wire.send(
                        "POST",
                        UNARY,
                        List.of("x-goog-api-key: " + fixture.token(), "Transfer-Encoding: chunked"),
                        new byte[0]);
                wire.raw("1388\r\n" + "x".repeat(5000) + "\r\n0\r\n\r\n");
                Wire.Reply chunked = wire.read();
                assertEquals(413, chunked.status());
                assertEquals(413, fixture.auditOf(chunked).path("status").asInt());
            }
            assertEquals(0, fixture.simulator.requests());
        }
    }

    @Test
    void aClientThatLeavesInsideItsBodyIsOneAbortAndNoKeysFault() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            for (int sent : new int[] {100, 500_000}) {
                String id = "half-" + sent;
                try (Wire wire = fixture.connect()) {
                    wire.send(
                            "POST",
                            UNARY,
                            List.of(
                                    "x-goog-api-key: " + fixture.token(),
                                    "x-request-id: " + id,
                                    "Content-Length: 1000000"),
                            new byte[0]);
                    wire.raw("x".repeat(sent));
                    if (sent > 300_000) {
                        Seen seen = fixture.simulator.await(it -> true, Duration.ofSeconds(5));
                        assertNotNull(seen);
                    }
                }
                JsonNode record = fixture.auditOfClientId(id);
                assertEquals("Aborted", record.path("result").asText(), record::toString);
            }
            for (String key : List.of("alpha", "beta", "gamma")) {
                assertEquals("Healthy", fixture.stateOf(key));
            }
            ServerFixture.await(
                    () -> fixture.simulator.connections() == 0,
                    Duration.ofSeconds(2),
                    "the upstream connection is closed");
        }
    }

    @Test
    void anUpstreamThatIsNotThereIs503AndNoKeysFault() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        try (ServerFixture fixture = ServerFixture.with().upstream(closed).start()) {
            Wire.Reply reply = fixture.post(UNARY, HELLO);
            assertEquals(503, reply.status());
            assertEquals(
                    "upstream_unreachable", fixture.auditOf(reply).path("error_reason").asText());
            assertEquals("Healthy", fixture.stateOf("alpha"));
            assertEquals(200, fixture.admin("/health/ready").status());
            assertTrue(fixture.auditOf(reply).path("attempts").size() <= 3);
        }
    }

    @Test
    void anUnsaneRequestIdIsNeitherEchoedNorWritten() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            Wire.Reply reply =
                    fixture.post(UNARY, HELLO, "x-request-id: <script>\"quoted\"</script>");
            assertEquals(200, reply.status());
            assertTrue(reply.field("x-client-request-id").isEmpty());
            assertTrue(fixture.auditOf(reply).path("client_request_id").isMissingNode());
            assertTrue(reply.requestId().matches("[0-9A-Z]{26}"), reply::requestId);
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual();
                Wire wire = fixture.connect()) {
            List<String> fields = List.of("x-goog-api-key: " + fixture.token());
            byte[] body = HELLO.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 5; i++) {
                wire.send("POST", UNARY, fields, body);
                wire.send("GET", "/nowhere", fields, new byte[0]);
            }
            for (int i = 0; i < 5; i++) {
                assertEquals(200, wire.read().status());
                assertEquals(404, wire.read().status());
            }
        }
    }
}
