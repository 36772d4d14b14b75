package io.gemproxy.server;

import static io.gemproxy.server.ServerFixture.FLASH;
import static io.gemproxy.server.ServerFixture.keyOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The audit log and the admin port tell the truth about what was sent. */
class ProxyAuditIT {
    private static final String UNARY = FLASH + ":generateContent";
    private static final String SSE = FLASH + ":streamGenerateContent?alt=sse";
    private static final String PROMPT = "canary-prompt-5317";
    private static final String ASKED =
            "{\"contents\":[{\"parts\":[{\"text\":\"" + PROMPT + "\"}]}]}";
    private static final String SCRIPT =
            """
            model gemini-2.5-pro: always 400 toolong
            model gemini-2.5-flash-lite: always stall at event 2
            model gemini-2.0-flash: always reset at byte 40
            model gemini-2.0-flash-lite: always 503 overloaded
            """;

    @Test
    void eachRequestHasExactlyOneRecordWhateverHappensToIt() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            fixture.simulator.script(SCRIPT);
            List<Thread> clients =
                    IntStream.range(0, 16)
                            .mapToObj(n -> Thread.startVirtualThread(() -> fifty(fixture, n)))
                            .toList();
            for (Thread client : clients) {
                client.join();
            }
            Map<String, Integer> results = new TreeMap<>();
            Map<String, Integer> ids = new HashMap<>();
            ServerFixture.await(
                    () -> recorded(fixture).size() >= 800, ServerFixture.PATIENCE, "800 records");
            for (JsonNode record : recorded(fixture)) {
                ids.merge(record.path("client_request_id").asText(), 1, Integer::sum);
                results.merge(
                        record.path("event_type").asText() + " " + record.path("result").asText(),
                        1,
                        Integer::sum);
            }
            assertEquals(800, ids.size());
            assertTrue(ids.values().stream().allMatch(count -> count == 1), ids::toString);
            assertEquals(
                    Map.of(
                            "ApiCall Success", 240,
                            "ApiCall Failure", 320,
                            "ApiCall Aborted", 80,
                            "ApiCall Denied", 80,
                            "AuthFailure Denied", 80),
                    results);
            sequenceIsGapless(fixture);
            adminAgrees(fixture);
            canariesAreNowhere(fixture);
        }
    }

    private static void fifty(ServerFixture fixture, int client) {
        for (int i = 0; i < 50; i++) {
            try {
                one(fixture, i % 10, client + "-" + i);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    private static void one(ServerFixture fixture, int kind, String id) throws IOException {
        String field = "x-request-id: " + id;
        switch (kind) {
            case 0, 1 -> expect(200, fixture.post(UNARY, ASKED, field));
            case 2 -> expect(200, fixture.post(SSE, ASKED, field));
            case 3 ->
                    expect(
                            400,
                            fixture.post(of("gemini-2.5-pro", "generateContent"), ASKED, field));
            case 4 -> abort(fixture, field);
            case 5 -> fixture.post(of("gemini-2.0-flash", "streamGenerateContent"), ASKED, field);
            case 6 -> expect(404, fixture.get("/nowhere", field));
            case 7 ->
                    expect(
                            401,
                            fixture.bare(
                                    "GET",
                                    "/v1beta/models?key=canary-credential-9981",
                                    new byte[0],
                                    List.of(field)));
            case 8 -> fixture.post(of("gemini-2.0-flash", "generateContent"), ASKED, field);
            default ->
                    expect(
                            503,
                            fixture.post(
                                    of("gemini-2.0-flash-lite", "generateContent"), ASKED, field));
        }
    }

    private static void expect(int status, Wire.Reply reply) {
        assertEquals(status, reply.status(), reply::text);
    }

    private static String of(String model, String method) {
        return "/v1beta/models/" + model + ":" + method;
    }

    private static void abort(ServerFixture fixture, String field) throws IOException {
        try (Wire wire = fixture.connect()) {
            wire.send(
                    "POST",
                    of("gemini-2.5-flash-lite", "streamGenerateContent?alt=sse"),
                    List.of("x-goog-api-key: " + fixture.token(), field),
                    ASKED.getBytes(StandardCharsets.UTF_8));
            wire.head();
            wire.chunk();
        }
    }

    private static List<JsonNode> recorded(ServerFixture fixture) {
        try {
            return fixture.requests();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void sequenceIsGapless(ServerFixture fixture) throws Exception {
        long expected = fixture.audit().getFirst().path("seq").asLong();
        for (JsonNode line : fixture.audit()) {
            assertEquals(expected++, line.path("seq").asLong());
        }
    }

    private static void adminAgrees(ServerFixture fixture) throws Exception {
        String metrics = fixture.admin("/metrics").text();
        assertEquals(800, sum(metrics, "gemini_proxy_requests_total"));
        assertEquals(240, sum(metrics, "gemini_proxy_requests_total", "result=\"Success\""));
        assertEquals(80, sum(metrics, "gemini_proxy_requests_total", "result=\"Aborted\""));
        assertEquals(80, sum(metrics, "gemini_proxy_auth_failures_total"));
        assertEquals(800, sum(metrics, "gemini_proxy_request_duration_seconds_count"));
        assertEquals(
                fixture.simulator.requests(), sum(metrics, "gemini_proxy_upstream_attempts_total"));
        assertEquals(fixture.audit().size(), sum(metrics, "gemini_proxy_audit_records_total"));
        assertEquals(0, sum(metrics, "gemini_proxy_active_requests"));
        long tokens = 0;
        for (JsonNode record : fixture.requests()) {
            tokens += record.at("/tokens/prompt").asLong();
        }
        assertEquals(tokens, sum(metrics, "gemini_proxy_tokens_total", "\"prompt\""));
        JsonNode performance = fixture.adminJson("/performance");
        JsonNode minute = performance.path("windows").path(0);
        assertEquals(800, minute.path("requests").asInt(), performance::toPrettyString);
        assertEquals(0, performance.path("streams").asInt());
        JsonNode errors = fixture.adminJson("/errors");
        assertTrue(errors.path("recent").size() > 0, errors::toPrettyString);
        assertTrue(errors.path("classes").size() >= 3, errors::toPrettyString);
    }

    private static long sum(String metrics, String name, String... labels) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> List.of(labels).stream().allMatch(line::contains))
                .mapToLong(line ->
                        Math.round(Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))))
                .sum();
    }

    private static void canariesAreNowhere(ServerFixture fixture) throws Exception {
        List<String> canaries =
                List.of(
                        PROMPT,
                        "You said",
                        "canary-credential",
                        fixture.token().substring(20),
                        keyOf("alpha"),
                        keyOf("beta"),
                        ServerFixture.SECRET);
        Map<String, String> places = new TreeMap<>();
        places.put("audit", fixture.auditText());
        places.put("log", fixture.log());
        for (String path :
                List.of("/metrics", "/performance", "/errors", "/health", "/health/detailed")) {
            places.put(path, fixture.admin(path).text());
        }
        places.forEach((place, text) ->
                canaries.forEach(
                        canary -> assertFalse(text.contains(canary), canary + " in " + place)));
    }

    @Test
    void aRecordHasTheFieldsOfTheContract() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            fixture.simulator.script("key alpha: once 429 perminute retry 7s");
            Wire.Reply reply =
                    fixture.post(
                            SSE, ASKED, "x-request-id: mine", "User-Agent: sdk/1", "Referer: a");
            JsonNode it = fixture.auditOf(reply);
            assertTrue(
                    it.path("timestamp")
                            .asText()
                            .matches("\\d{4}-\\d\\d-\\d\\dT[\\d:]{8}\\.\\d{3}Z"));
            assertEquals("ApiCall", it.path("event_type").asText());
            assertEquals("mine", it.path("client_request_id").asText());
            assertEquals("127.0.0.1", it.path("source_ip").asText());
            assertEquals("sdk/1", it.path("user_agent").asText());
            assertEquals("tester", it.path("actor").asText());
            assertEquals("Success", it.path("result").asText());
            assertEquals("POST", it.path("method").asText());
            assertEquals(FLASH + ":streamGenerateContent", it.path("path").asText());
            assertEquals("gemini-2.5-flash", it.path("model").asText());
            assertEquals("stream_generate_content", it.path("operation").asText());
            assertTrue(it.path("stream").asBoolean());
            assertEquals(200, it.path("status").asInt());
            assertEquals(200, it.path("upstream_status").asInt());
            assertEquals("beta", it.path("key_id").asText());
            assertEquals("p-two", it.path("project").asText());
            assertEquals(2, it.path("attempts").size());
            assertEquals("alpha", it.at("/attempts/0/key_id").asText());
            assertTrue(it.at("/attempts/0/ms").isNumber());
            assertTrue(it.path("duration_ms").asDouble() >= it.path("ttfb_ms").asDouble());
            assertEquals(ASKED.length(), it.path("bytes_in").asLong());
            assertEquals(reply.body().length, it.path("bytes_out").asLong());
        }
    }

    @Test
    void theTokensAreThoseOfTheUsageMetadata() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            for (ProxyFailoverIT.Shape shape : ProxyFailoverIT.Shape.values()) {
                for (String coding : List.of("identity", "gzip")) {
                    Wire.Reply plain = fixture.post(shape.target, shape.body);
                    Wire.Reply reply =
                            fixture.post(shape.target, shape.body, "Accept-Encoding: " + coding);
                    JsonNode tokens = fixture.auditOf(reply).path("tokens");
                    JsonNode usage = lastUsage(plain.text());
                    assertEquals(
                            usage.path("totalTokenCount")
                                    .asLong(usage.path("total_tokens").asLong()),
                            tokens.path("total").asLong(-1),
                            () -> shape + " " + coding + ": " + plain.text());
                    assertEquals(
                            usage.path("promptTokenCount")
                                    .asLong(usage.path("prompt_tokens").asLong()),
                            tokens.path("prompt").asLong(-1));
                }
            }
        }
    }

    /** The last usage object that an answer of any shape holds. */
    private static JsonNode lastUsage(String text) throws IOException {
        List<JsonNode> found = new ArrayList<>();
        for (String event :
                text.startsWith("data: ") ? text.split("data: ") : new String[] {text}) {
            if (!event.isBlank()) {
                JsonNode json = new ObjectMapper().readTree(event);
                for (JsonNode chunk : json.isArray() ? json : List.of(json)) {
                    found.add(
                            chunk.has("usage") ? chunk.path("usage") : chunk.path("usageMetadata"));
                }
            }
        }
        return found.getLast();
    }

    @Test
    void readinessFollowsTheKeysAndTheDrain() throws Exception {
        try (ServerFixture fixture =
                ServerFixture.with().key("alpha", "p-one").key("beta", "p-two").start()) {
            assertEquals(200, fixture.admin("/health/ready").status());
            assertEquals("{\"status\":\"UP\"}", fixture.get("/health").text());
            fixture.simulator.script("all: next 2 400 API_KEY_INVALID");
            assertEquals(503, fixture.post(UNARY, ASKED).status());
            for (String path : List.of("/health/ready", "/health/detailed")) {
                assertEquals(503, fixture.admin(path).status());
            }
            assertEquals(200, fixture.admin("/health/live").status());
            Wire.Reply down = fixture.get("/health");
            assertEquals(503, down.status());
            assertEquals("{\"status\":\"DOWN\"}", down.text());
            assertEquals(2, fixture.simulator.requests());
            JsonNode errors = fixture.adminJson("/errors");
            assertEquals("NO_USABLE_KEY", errors.at("/recent/0/reason").asText());
        }
    }

    @Test
    void aDrainingServerIsUnreadyAndLetsItsStreamsFinish() throws Exception {
        ServerFixture fixture = ServerFixture.usual();
        fixture.simulator.script("all: always events 3 and gate hold");
        var gate = fixture.simulator.stream("hold");
        try (Wire stream = fixture.connect();
                Wire idle = fixture.connect()) {
            idle.send("GET", "/health", List.of(), new byte[0]);
            assertEquals(200, idle.read().status());
            stream.send(
                    "POST",
                    SSE,
                    List.of("x-goog-api-key: " + fixture.token()),
                    ASKED.getBytes(StandardCharsets.UTF_8));
            gate.release();
            Wire.Head head = stream.head();
            assertTrue(head.field("connection").orElse("").indexOf("close") < 0);
            stream.chunk();
            Thread drain = Thread.startVirtualThread(() -> drain(fixture));
            ServerFixture.await(() -> readiness(fixture) == 503, Duration.ofSeconds(2), "unready");
            idle.send("GET", "/health", List.of(), new byte[0]);
            Wire.Reply last = idle.read();
            assertEquals(503, last.status());
            assertEquals("close", last.field("connection").orElse(""));
            assertEquals(-1, idle.next());
            gate.open();
            while (stream.chunk().length > 0) {
                assertTrue(drain.isAlive());
            }
            drain.join(Duration.ofSeconds(5));
            assertFalse(drain.isAlive());
        } finally {
            fixture.close();
        }
    }

    private static void drain(ServerFixture fixture) {
        try {
            fixture.server.drain();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static int readiness(ServerFixture fixture) {
        try {
            return fixture.admin("/health/ready").status();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
