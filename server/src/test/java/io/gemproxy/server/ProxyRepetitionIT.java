package io.gemproxy.server;

import static io.gemproxy.server.ProxyFailoverIT.HELLO;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.server.ProxyFailoverIT.Shape;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent a second time, to another key or over another connection, and what is not. */
class ProxyRepetitionIT {
    @Test
    void aFaultOfGooglesIsRepeatedElsewhereWhereThatDoesNoHarm() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            fixture.simulator.script("all: always 500");
            assertEquals(500, fixture.post(Shape.UNARY.target, HELLO).status());
            assertEquals(3, new java.util.HashSet<>(fixture.keysSeen()).size());
            fixture.simulator.clearRecord();
            assertEquals(500, fixture.post("/v1beta/cachedContents", "{}").status());
            assertEquals(1, fixture.keysSeen().size());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1beta/cachedContents",
                "/v1beta/models/gemini-2.5-flash:batchGenerateContent",
                "/upload/v1beta/files",
                "/v1beta/models/veo-3.1-generate-preview:predictLongRunning",
                "/v1beta/interactions",
                "/v1beta/fileSearchStores"
            })
    void whatCreatesStateIsNotRepeatedAfterAResetThatMayHaveActed(String target) throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            fixture.simulator.script("all: always reset at headers");
            Wire.Reply reply = fixture.post(target, "{}", "X-Goog-Upload-Protocol: resumable");
            assertEquals(503, reply.status(), reply::text);
            assertEquals(1, fixture.keysSeen().size());
            assertEquals("Healthy", fixture.stateOf("alpha"));
            assertEquals(
                    "unreachable_reset",
                    fixture.auditOf(reply).path("attempts").path(0).path("outcome").asText());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1beta/cachedContents",
                "/v1beta/models/gemini-2.5-flash:batchGenerateContent"
            })
    void norOnAConnectionThatWasUsedBefore(String target) throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            assertEquals(200, fixture.get("/v1beta/models").status());
            fixture.simulator.script("all: always reset at headers");
            fixture.simulator.clearRecord();
            assertEquals(503, fixture.post(target, "{}").status());
            assertEquals(1, fixture.keysSeen().size());
        }
    }

    @Test
    void whatMayBeRepeatedSurvivesAConnectionThatDiedUnused() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            fixture.simulator.script("all: once idle-close 1ms");
            assertEquals(200, fixture.get("/v1beta/models").status());
            ServerFixture.await(
                    () -> fixture.simulator.connections() == 0,
                    Duration.ofSeconds(5),
                    "the idle connection is closed");
            for (Shape shape : Shape.values()) {
                assertEquals(200, fixture.post(shape.target, shape.body).status());
            }
            Wire.Reply cache =
                    fixture.post(
                            "/v1beta/cachedContents",
                            "{\"model\":\"models/gemini-2.5-flash\",\"contents\":[{\"parts\":[{\"text\":\"x\"}]}]}");
            assertEquals(200, cache.status(), cache::text);
        }
    }

    @Test
    void aRefusedKeyDoesNotStopWhatCreatesState() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            fixture.simulator.script("key alpha: always 400 API_KEY_INVALID");
            String body =
                    "{\"model\":\"models/gemini-2.5-flash\",\"contents\":[{\"parts\":[{\"text\":\"x\"}]}]}";
            assertEquals(200, fixture.post("/v1beta/cachedContents", body).status());
            assertEquals(List.of("alpha", "beta"), fixture.keysSeen());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void aLargeBodyIsSentAgainWhileItIsKept(int megabytes) throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            fixture.simulator.script("key alpha: always 429 perminute retry 7s");
            String body = large(megabytes);
            Wire.Reply reply = fixture.post(Shape.UNARY.target, body);
            assertEquals(200, reply.status());
            assertEquals(List.of("alpha", "beta"), fixture.keysSeen());
            var sent = fixture.simulator.record();
            assertEquals(body.length(), sent.get(1).bodyLength());
            assertEquals(sha256(body), sent.get(1).bodySha256());
        }
    }

    @Test
    void aBodyTooLargeToKeepIsSentOnceAndItsRefusalIsHonest() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            String body = large(40);
            assertEquals(200, fixture.post(Shape.UNARY.target, body).status());
            assertEquals(body.length(), fixture.simulator.record().getFirst().bodyLength());
            fixture.simulator.script("all: always 429 perminute retry 7s");
            Wire.Reply refused = fixture.post(Shape.UNARY.target, body);
            assertEquals(429, refused.status());
            assertEquals(List.of("alpha", "beta"), fixture.keysSeen());
        }
    }

    private static String large(int megabytes) {
        String part = "{\"text\":\"" + "m".repeat((1 << 20) - 12) + "\"}";
        return "{\"contents\":[{\"parts\":["
                + String.join(",", Collections.nCopies(megabytes, part))
                + "]}]}";
    }

    private static String sha256(String text) throws Exception {
        return java.util.HexFormat.of()
                .formatHex(
                        java.security.MessageDigest.getInstance("SHA-256")
                                .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
}
