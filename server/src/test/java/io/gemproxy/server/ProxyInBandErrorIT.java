package io.gemproxy.server;

import static io.gemproxy.server.ServerFixture.FLASH;
import static io.gemproxy.server.ServerFixture.keyOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.server.ProxyFailoverIT.Shape;
import io.gemproxy.simulator.script.Rule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Errors inside answers whose status is 200: what the client sees of them, and what they count. */
class ProxyInBandErrorIT {
    private static final String NUMBER = "736251849302";
    private static final String ECHO =
            " message \"the key " + keyOf("only") + " of project number " + NUMBER + "\"";
    private static final String SSE = FLASH + ":streamGenerateContent?alt=sse";

    static Stream<Arguments> errors() {
        List<List<String>> errors =
                List.of(
                        List.of(
                                "429 perminute retry 7s",
                                "RateLimited",
                                "quota_exceeded",
                                "quota_requests_per_minute"),
                        List.of(
                                "429 perday",
                                "RateLimited",
                                "quota_exceeded",
                                "quota_requests_per_day"),
                        List.of("429 spendcap", "RateLimited", "project_refused", "monthly_cap"),
                        List.of("403 leaked", "Invalid", "key_refused", "api_key_leaked"),
                        List.of("503", "Healthy", "overloaded", "model_overloaded"),
                        List.of("500", "Healthy", "server_fault", "server_fault"),
                        List.of("400", "Healthy", "client_fault", "client_fault"));
        return Stream.of(Shape.SSE, Shape.ARRAY, Shape.OPENAI)
                .flatMap(shape ->
                        errors.stream()
                                .flatMap(it ->
                                        Stream.of(1, 2)
                                                .map(event ->
                                                        Arguments.of(
                                                                shape, it.get(0), event, it.get(1),
                                                                it.get(2), it.get(3)))));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorInAStreamIsScrubbedAndCountsAsWhatItIs(
            Shape shape, String error, int event, String state, String outcome, String reason)
            throws Exception {
        String message = error.matches("\\d+|.*retry.*|.*perday") ? ECHO : "";
        try (ServerFixture fixture = one()) {
            fixture.simulator.script("all: once error " + error + message + " at event " + event);
            Wire.Reply reply = fixture.post(shape.target, streamed(shape));

            assertEquals(200, reply.status());
            assertTrue(reply.whole());
            assertTrue(reply.text().contains("\"error\""), reply::text);
            assertFalse(reply.text().contains(NUMBER), reply::text);
            assertEquals(!message.isEmpty(), reply.text().contains("[redacted]"), reply::text);
            JsonNode record = fixture.auditOf(reply);
            assertEquals("Failure", record.path("result").asText());
            assertEquals(reason, record.path("error_reason").asText());
            assertEquals(1, record.path("attempts").size());
            assertEquals(outcome, record.path("attempts").path(0).path("outcome").asText());
            assertEquals(200, record.path("upstream_status").asInt());
            assertEquals(state, fixture.stateOf("only"));
            assertTrue(
                    fixture.admin("/metrics")
                            .text()
                            .lines()
                            .filter(line -> line.contains("attempts_total{"))
                            .allMatch(line -> line.contains("outcome=\"" + outcome + "\"")));
        }
    }

    @Test
    void anErrorEventOfAnInteractionIsScrubbedAndCounts() throws Exception {
        try (ServerFixture fixture = one()) {
            fixture.simulator.script("all: once error 429 perminute" + ECHO + " at event 3");
            Wire.Reply reply =
                    fixture.post(
                            "/v1beta/interactions",
                            "{\"model\":\"gemini-2.5-flash\",\"input\":\"hi\",\"stream\":true}");
            assertTrue(reply.text().contains("event: error\ndata: {\"event_type\""), reply::text);
            assertTrue(reply.text().contains("[redacted]"), reply::text);
            assertFalse(reply.text().contains(NUMBER), reply::text);
            assertEquals("quota_per_minute", fixture.auditOf(reply).path("error_reason").asText());
            assertEquals("RateLimited", fixture.stateOf("only"));
        }
    }

    private static String streamed(Shape shape) {
        return shape == Shape.OPENAI
                ? shape.body.replaceFirst("\\{", "{\"stream\":true,")
                : shape.body;
    }

    private static ServerFixture one() throws Exception {
        return ServerFixture.with().key("only", "p-only").start();
    }

    @Test
    void anErrorUnderAGoodStatusIsScrubbedAndCounts() throws Exception {
        try (ServerFixture fixture = one()) {
            String body =
                    "{\"error\":{\"code\":429,\"message\":\"%s\",\"status\":\"RESOURCE_EXHAUSTED\"}}"
                            .formatted(keyOf("only"));
            Wire.Reply reply = raw(fixture, body);
            assertEquals(body.replace(keyOf("only"), "[redacted]"), reply.text());
            assertTrue(reply.whole());
            assertEquals("unknown_quota", fixture.auditOf(reply).path("error_reason").asText());
            assertEquals("RateLimited", fixture.stateOf("only"));
        }
    }

    @Test
    void theFailureOfAnOperationIsScrubbedAndBlamesNobody() throws Exception {
        try (ServerFixture fixture = one()) {
            String body =
                    "{\"name\":\"operations/1\",\"done\":true,\"error\":{\"code\":7,\"message\":\"projects/%s\"}}"
                            .formatted(NUMBER);
            Wire.Reply reply = raw(fixture, body);
            assertEquals(body.replace(NUMBER, "[redacted]"), reply.text());
            assertEquals("Success", fixture.auditOf(reply).path("result").asText());
            assertEquals("Healthy", fixture.stateOf("only"));
        }
    }

    @Test
    void onlyAnswersInOnePieceMayComeCompressed() throws Exception {
        try (ServerFixture fixture = one()) {
            for (Shape shape : Shape.values()) {
                fixture.simulator.clearRecord();
                fixture.post(shape.target, streamed(shape), "Accept-Encoding: gzip");
                assertEquals(
                        shape == Shape.UNARY ? "gzip" : "identity",
                        fixture.simulator.record().getFirst().header("accept-encoding"));
            }
        }
    }

    @Test
    void aFileIsTheClientsOwnWhateverItHolds() throws Exception {
        try (ServerFixture fixture = one()) {
            String body = "{\"error\":{\"code\":429,\"message\":\"projects/" + NUMBER + "\"}}";
            for (String path :
                    List.of(
                            "/v1beta/files/f:download?alt=media",
                            "/v1beta/fileSearchStores/s/media/m?alt=media",
                            "/v1beta/environments/e/files/f")) {
                Wire.Reply reply = raw(fixture, "GET", path, body);
                assertEquals(body, reply.text());
                assertEquals("Success", fixture.auditOf(reply).path("result").asText());
            }
            assertEquals("Healthy", fixture.stateOf("only"));
        }
    }

    /** Half a key is not recognised, so that nothing of half an error may leave. */
    @ParameterizedTest
    @EnumSource(
            value = Shape.class,
            names = {"SSE", "ARRAY"})
    void anAnswerThatEndsInsideAnErrorIsCutBeforeIt(Shape shape) throws Exception {
        try (ServerFixture fixture = one()) {
            String key = keyOf("only");
            String chunks =
                    chunk(shape == Shape.SSE ? "data: {}\r\n\r\n" : "[{}\n,\r\n")
                            + chunk(shape == Shape.SSE ? "data: " : "")
                            + chunk(
                                    "{\"error\":{\"code\":429,\"message\":\""
                                            + key.substring(0, 30))
                            + "0\r\n\r\n";
            String type = shape == Shape.SSE ? "text/event-stream" : "application/json";
            fixture.simulator.raw(
                    "half",
                    ("HTTP/1.1 200 OK\r\nContent-Type: "
                                    + type
                                    + "\r\nTransfer-Encoding: chunked\r\n\r\n"
                                    + chunks)
                            .getBytes(StandardCharsets.US_ASCII));
            fixture.simulator.script("all: always raw half");
            Wire.Reply reply = fixture.post(shape.target, shape.body);
            assertFalse(reply.whole(), reply::text);
            assertFalse(reply.text().contains(key.substring(0, 6)), reply::text);
            JsonNode record = fixture.auditOf(reply);
            assertEquals("Failure", record.path("result").asText());
            assertEquals(
                    "quota_exceeded", record.path("attempts").path(0).path("outcome").asText());
        }
    }

    @Test
    void anErrorIsHeldUntilItIsWholeAndWhatStandsBeforeItIsNot() throws Exception {
        try (ServerFixture fixture = one()) {
            String key = keyOf("only");
            String before =
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + chunk("data: {\"a\":1}\r\n\r\n");
            String error = "data: {\"error\":{\"message\":\"" + key + "\"}}\r\n\r\n";
            fixture.simulator.raw(
                    "split",
                    (before + chunk(error) + "0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            List<Rule> rules =
                    fixture.simulator.script(
                            "all: always raw split and stall at byte %d until rest"
                                    .formatted(before.length() + error.indexOf(key) + 20));
            try (Wire wire = fixture.connect()) {
                wire.send(
                        "POST",
                        SSE,
                        List.of("x-goog-api-key: " + fixture.token()),
                        ProxyFailoverIT.HELLO.getBytes(StandardCharsets.UTF_8));
                assertEquals(200, wire.head().status());
                assertEquals(
                        "data: {\"a\":1}\r\n\r\n",
                        new String(wire.chunk(), StandardCharsets.UTF_8));
                assertTrue(fixture.simulator.stream("rest").awaitWaiter(ServerFixture.PATIENCE));
                fixture.simulator.stream("rest").open();
                assertEquals(
                        error.replace(key, "[redacted]"),
                        new String(wire.chunk(), StandardCharsets.UTF_8));
            } finally {
                fixture.simulator.forget(rules);
            }
        }
    }

    @Test
    void whatAModelSaysOfErrorsPassesAsItIs() throws Exception {
        try (ServerFixture fixture = one()) {
            String said = "{'error': 'AIza" + "q".repeat(35) + " of projects/" + NUMBER + "'}";
            fixture.simulator.script("all: always text \"" + said + "\"");
            for (Shape shape : Shape.values()) {
                Wire.Reply reply = fixture.post(shape.target, streamed(shape));
                assertTrue(reply.text().contains(NUMBER), reply::text);
                assertFalse(reply.text().contains("[redacted]"), reply::text);
                assertEquals("Success", fixture.auditOf(reply).path("result").asText());
            }
        }
    }

    private static Wire.Reply raw(ServerFixture fixture, String body) throws Exception {
        return raw(fixture, "POST", FLASH + ":generateContent", body);
    }

    private static Wire.Reply raw(ServerFixture fixture, String method, String path, String body)
            throws Exception {
        fixture.simulator.raw(
                "good",
                ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                                + body.length()
                                + "\r\n\r\n"
                                + body)
                        .getBytes(StandardCharsets.US_ASCII));
        fixture.simulator.script("all: always raw good");
        return fixture.call(
                method,
                path,
                method.equals("GET")
                        ? new byte[0]
                        : ProxyFailoverIT.HELLO.getBytes(StandardCharsets.UTF_8));
    }

    private static String chunk(String data) {
        return data.isEmpty() ? "" : Integer.toHexString(data.length()) + "\r\n" + data + "\r\n";
    }
}
