package io.gemproxy.server;

import static io.gemproxy.server.ServerFixture.FLASH;
import static io.gemproxy.server.ServerFixture.keyOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client sees, and what the keys come to, when a key, a quota or the upstream fails. */
class ProxyFailoverIT {
    static final String HELLO = "{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}]}";

    /** The four ways to ask for text. */
    enum Shape {
        UNARY(FLASH + ":generateContent", HELLO),
        SSE(FLASH + ":streamGenerateContent?alt=sse", HELLO),
        ARRAY(FLASH + ":streamGenerateContent", HELLO),
        OPENAI(
                "/v1beta/openai/chat/completions",
                "{\"model\":\"gemini-2.5-flash\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}");

        final String target;
        final String body;

        Shape(String target, String body) {
            this.target = target;
            this.body = body;
        }
    }

    static Stream<Arguments> faultsOfAKey() {
        List<List<String>> faults =
                List.of(
                        List.of("400 API_KEY_INVALID", "Invalid", "key_refused"),
                        List.of("403 leaked", "Invalid", "key_refused"),
                        List.of("403 suspended", "Invalid", "key_refused"),
                        List.of("429 perminute retry 7s", "RateLimited", "quota_exceeded"),
                        List.of("429 perday", "RateLimited", "quota_exceeded"),
                        List.of("reset at headers", "Healthy", "unreachable_reset"));
        return Stream.of(Shape.values())
                .flatMap(shape ->
                        faults.stream()
                                .map(f -> Arguments.of(shape, f.get(0), f.get(1), f.get(2))));
    }

    @ParameterizedTest
    @MethodSource("faultsOfAKey")
    void theNextKeyServesAndNoKeyIsTriedTwice(
            Shape shape, String fault, String state, String outcome) throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            fixture.simulator.script("key alpha: always " + fault);
            Wire.Reply reply = fixture.post(shape.target, shape.body);
            assertEquals(200, reply.status(), reply::text);
            assertTrue(reply.whole());
            assertTrue(reply.text().contains("hello"), reply::text);
            assertEquals(List.of("alpha", "beta"), fixture.keysSeen());
            assertEquals(state, fixture.stateOf("alpha"));
            assertEquals("Healthy", fixture.stateOf("beta"));
            JsonNode record = fixture.auditOf(reply);
            assertEquals("beta", record.path("key_id").asText());
            assertEquals(outcome, record.path("attempts").path(0).path("outcome").asText());
            assertEquals("success", record.path("attempts").path(1).path("outcome").asText());
            assertEquals("Success", record.path("result").asText());
            if (!state.equals("Healthy")) {
                fixture.post(shape.target, shape.body);
                fixture.post(shape.target, shape.body);
                assertEquals(List.of("alpha", "beta", "gamma", "beta"), fixture.keysSeen());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"400 API_KEY_INVALID", "403 leaked", "403 suspended"})
    void withNoUsableKeyLeftTheClientLearnsNothingAboutKeys(String fault) throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            fixture.simulator.script("all: always " + fault);
            for (Shape shape : Shape.values()) {
                Wire.Reply reply = fixture.post(shape.target, shape.body);
                assertEquals(503, reply.status());
                String seen = reply.everything().toLowerCase(java.util.Locale.ROOT);
                for (String word :
                        List.of("aiza", "leaked", "suspended", "alpha", "p-one", "api_key")) {
                    assertFalse(seen.contains(word), () -> word + " in " + seen);
                }
            }
            assertEquals(List.of("alpha", "beta", "gamma"), fixture.keysSeen());
            assertEquals(503, fixture.admin("/health/ready").status());
            assertEquals(503, fixture.get("/health").status());
        }
    }

    @Test
    void aKeyRestsExactlyAsLongAsRetryInfoSays() throws Exception {
        try (ServerFixture fixture = ServerFixture.with().key("alpha", "p-one").start()) {
            fixture.simulator.script("key alpha: once 429 perminute retry 7250ms");
            Wire.Reply quota = fixture.post(Shape.UNARY.target, HELLO);
            assertEquals(429, quota.status());
            assertEquals("8", quota.field("retry-after").orElseThrow());
            fixture.advance(Duration.ofSeconds(5));
            Wire.Reply resting = fixture.post(Shape.UNARY.target, HELLO);
            assertEquals(429, resting.status());
            assertEquals("3", resting.field("retry-after").orElseThrow());
            assertEquals("3s", retryDelay(resting));
            assertEquals(1, fixture.simulator.requests());
            fixture.advance(Duration.ofMillis(2250));
            assertEquals(200, fixture.post(Shape.UNARY.target, HELLO).status());
        }
    }

    @Test
    void theRestIsOfTheModelNotOfTheKey() throws Exception {
        try (ServerFixture fixture = ServerFixture.with().key("alpha", "p-one").start()) {
            fixture.simulator.script("model gemini-2.5-pro: always 429 perminute retry 30s");
            String pro = "/v1beta/models/gemini-2.5-pro:generateContent";
            assertEquals(429, fixture.post(pro, HELLO).status());
            assertEquals(200, fixture.post(Shape.UNARY.target, HELLO).status());
            assertEquals(200, fixture.post(Shape.OPENAI.target, Shape.OPENAI.body).status());
            assertEquals(429, fixture.post(pro, HELLO).status());
            assertEquals(3, fixture.simulator.requests());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNARY", "SSE", "ARRAY", "OPENAI"})
    void whenAllKeysRestTheEarliestOpeningIsPromised(Shape shape) throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            fixture.simulator.script(
                    """
                    key alpha: always 429 perminute retry 40s
                    key beta: always 429 perminute retry 12500ms
                    key gamma: always 429 perminute retry 25s
                    """);
            Wire.Reply last = fixture.post(shape.target, shape.body);
            assertEquals(429, last.status());
            assertEquals("13", last.field("retry-after").orElseThrow());
            if (shape != Shape.OPENAI) {
                assertEquals("13s", retryDelay(last));
            }
            assertEquals(3, fixture.simulator.requests());
            Wire.Reply own = fixture.post(shape.target, shape.body);
            assertEquals(429, own.status());
            assertEquals(3, fixture.simulator.requests());
            String wait = own.field("retry-after").orElseThrow();
            assertTrue(wait.equals("13") || wait.equals("12"), wait);
            if (shape != Shape.OPENAI) {
                assertEquals(wait + "s", retryDelay(own));
            }
            assertFalse(own.everything().contains("alpha"));
        }
    }

    static Stream<Arguments> answersForTheClient() {
        return Stream.of(
                Arguments.of("400", 400),
                Arguments.of("400 toolong", 400),
                Arguments.of("404 model", 404),
                Arguments.of("403 file", 403),
                Arguments.of("403 cache", 403),
                Arguments.of("block SAFETY", 200),
                Arguments.of("finish SAFETY", 200),
                Arguments.of("503 overloaded", 503),
                Arguments.of("504", 504));
    }

    @ParameterizedTest
    @MethodSource("answersForTheClient")
    void whatNoOtherKeyWouldChangePassesVerbatimAfterOneAttempt(String effect, int status)
            throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            fixture.simulator.script("all: always " + effect);
            for (Shape shape : Shape.values()) {
                fixture.simulator.clearRecord();
                Wire.Reply reply = fixture.post(shape.target, shape.body);
                assertEquals(status, reply.status());
                assertEquals(1, fixture.keysSeen().size());
                Wire.Reply direct = direct(fixture, shape);
                assertEquals(unstamped(direct.text()), unstamped(reply.text()));
                assertEquals(direct.field("content-type"), reply.field("content-type"));
            }
            for (String key : List.of("alpha", "beta", "gamma")) {
                assertEquals("Healthy", fixture.stateOf(key));
            }
        }
    }

    @Test
    void aRequestNeverToursALargePool() throws Exception {
        FixtureBuilder builder = ServerFixture.with();
        for (int i = 1; i <= 9; i++) {
            builder.key("key" + i, "p-" + i);
        }
        try (ServerFixture fixture = builder.start()) {
            fixture.simulator.script("all: always 429 perminute retry 30s");
            Wire.Reply reply = fixture.post(Shape.UNARY.target, HELLO);
            assertEquals(429, reply.status());
            assertEquals("1", reply.field("retry-after").orElseThrow());
            assertEquals("1s", retryDelay(reply));
            assertEquals(6, fixture.keysSeen().size());
            assertEquals(6, new java.util.HashSet<>(fixture.keysSeen()).size());
        }
    }

    @Test
    void aDailyQuotaIsPromisedForTheEndOfItsDay() throws Exception {
        try (ServerFixture fixture = ofOneKey("2026-06-01T12:00:00")) {
            fixture.simulator.script("all: always 429 perday retry 7s");
            Wire.Reply reply = fixture.post(Shape.UNARY.target, HELLO);
            assertEquals(429, reply.status());
            long wait = Long.parseLong(reply.field("retry-after").orElseThrow());
            assertTrue(Math.abs(wait - 12 * 3600) <= 30, () -> "until midnight: " + wait);
            assertEquals("7s", retryDelay(reply), "Google's own words pass as they are");
            assertTrue(reply.text().contains("PerDay"), reply::text);
            Wire.Reply own = fixture.post(Shape.UNARY.target, HELLO);
            long later = Long.parseLong(own.field("retry-after").orElseThrow());
            assertTrue(Math.abs(wait - later) <= 30, () -> wait + " then " + later);
            assertEquals(1, fixture.simulator.requests());
        }
    }

    @Test
    void aDailyQuotaThatOpensWithinAnHourIsToldInOurWords() throws Exception {
        try (ServerFixture fixture = ofOneKey("2026-06-01T23:20:00")) {
            fixture.simulator.script("all: always 429 perday retry 7s");
            Wire.Reply reply = fixture.post(Shape.UNARY.target, HELLO);
            assertEquals(429, reply.status());
            long wait = Long.parseLong(reply.field("retry-after").orElseThrow());
            assertTrue(Math.abs(wait - 40 * 60) <= 30, () -> "until midnight: " + wait);
            assertEquals(wait + "s", retryDelay(reply));
        }
    }

    /** A server whose clock runs on from that moment of Google's days. */
    private static ServerFixture ofOneKey(String moment) throws Exception {
        Instant then =
                LocalDateTime.parse(moment).atZone(ZoneId.of("America/Los_Angeles")).toInstant();
        return ServerFixture.with()
                .key("alpha", "p-one")
                .clock(
                        InstantSource.offset(
                                InstantSource.system(), Duration.between(Instant.now(), then)))
                .start();
    }

    @Test
    void theSuspendedKeysProjectAndValueNeverReachTheClient() throws Exception {
        try (ServerFixture fixture = ServerFixture.with().key("alpha", "123456789012").start()) {
            fixture.simulator.script("key alpha: always 403 suspended");
            Wire.Reply reply = fixture.post(Shape.UNARY.target, HELLO);
            assertEquals(503, reply.status());
            assertFalse(reply.everything().contains(keyOf("alpha")));
            assertFalse(reply.everything().contains("123456789012"));
        }
    }

    private static Wire.Reply direct(ServerFixture fixture, Shape shape) throws Exception {
        String key = keyOf("beta");
        try (Wire wire = Wire.to(fixture.simulator.port())) {
            String credential =
                    shape == Shape.OPENAI
                            ? "Authorization: Bearer " + key
                            : "x-goog-api-key: " + key;
            wire.send(
                    "POST",
                    shape.target,
                    List.of(credential),
                    shape.body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return wire.read();
        }
    }

    /** Without what differs from answer to answer. */
    private static String unstamped(String text) {
        return text.replaceAll("\"(responseId|id)\" ?: ?\"[^\"]*\"", "")
                .replaceAll("\"created\" ?: ?\\d+", "");
    }

    private static String retryDelay(Wire.Reply reply) throws Exception {
        for (JsonNode detail : ServerFixture.json(reply).at("/error/details")) {
            if (detail.has("retryDelay")) {
                return detail.path("retryDelay").asText();
            }
        }
        return "none in " + reply.text();
    }
}
