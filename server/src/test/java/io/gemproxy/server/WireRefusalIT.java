package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused before it is an exchange has its record, its id and its numbers all the same. */
class WireRefusalIT {
    private static final String PATH = "/v1beta/models/gemini-2.5-flash:generateContent";
    private static final String CANARY = "canary-of-a-header";

    private static ServerFixture fixture;

    @BeforeAll
    static void start() throws Exception {
        fixture = ServerFixture.usual();
    }

    @AfterAll
    static void stop() throws Exception {
        fixture.close();
    }

    record Case(String wire, int status, String reason, String method, String path) {
        @Override
        public String toString() {
            return status + " " + reason + " " + method;
        }
    }

    static List<Case> refused() {
        String post = "POST " + PATH + "?key=" + CANARY;
        String both = "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n";
        return List.of(
                head(post + " HTTP/1.1", both, 400, "FRAMING_AMBIGUOUS", "POST", PATH),
                head(post + " HTTP/1.0", "", 505, "VERSION_UNSUPPORTED", "POST", PATH),
                head(post + " HTTP/1.1", "x y: 1\r\n", 400, "HEADER_INVALID", "POST", PATH),
                head(
                        post + " HTTP/1.1",
                        ("x-a: " + "y".repeat(1000) + "\r\n").repeat(70),
                        431,
                        "HEADERS_TOO_LARGE",
                        "POST",
                        PATH),
                head("GET http://a/b HTTP/1.1", "", 400, "TARGET_INVALID", "GET", ""),
                head("GET /" + CANARY.repeat(2000), "", 414, "TARGET_TOO_LONG", "", ""),
                head(CANARY + " / HTTP/1.1", "", 501, "METHOD_UNSUPPORTED", "", ""),
                new Case("\u0016\u0003\u0001\u0002", 400, "REQUEST_LINE_INVALID", "", ""));
    }

    private static Case head(
            String line, String fields, int status, String reason, String method, String path) {
        String own = "Host: a\r\nUser-Agent: " + CANARY + "\r\nx-request-id: " + CANARY + "\r\n";
        return new Case(line + "\r\n" + own + fields + "\r\n", status, reason, method, path);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aRefusedHeadHasOneRecordThatTellsOnlyWhatIsCertain(Case refused) throws Exception {
        Wire.Reply reply = spoken(fixture.server.proxyPort(), refused.wire());
        assertEquals(refused.status(), reply.status(), reply::text);
        assertTrue(reply.requestId().matches("[0-9A-HJKMNP-TV-Z]{26}"), reply::requestId);
        JsonNode it = fixture.auditOf(reply);
        assertEquals("ApiCall", it.path("event_type").asText());
        assertEquals("Denied", it.path("result").asText());
        assertEquals(refused.status(), it.path("status").asInt());
        assertEquals(refused.reason().toLowerCase(Locale.ROOT), it.path("error_reason").asText());
        assertEquals("127.0.0.1", it.path("source_ip").asText());
        assertEquals(refused.method(), it.path("method").asText());
        assertEquals(refused.path(), it.path("path").asText());
        assertEquals(!refused.method().isEmpty(), it.has("method"));
        assertEquals(!refused.path().isEmpty(), it.has("path"));
        assertEquals(reply.body().length, it.path("bytes_out").asInt());
        assertFalse(it.toString().contains(CANARY), it::toString);
    }

    private static Wire.Reply spoken(int port, String text) throws Exception {
        try (Wire wire = Wire.to(port)) {
            wire.raw(text);
            return wire.read();
        }
    }

    @Test
    void aRefusalOnAnOpenAiPathHasTheShapeItsSdkParses() throws Exception {
        Wire.Reply reply =
                spoken(
                        fixture.server.proxyPort(),
                        "POST /v1beta/openai/chat/completions HTTP/1.1\r\n\r\n");
        assertEquals(400, reply.status());
        assertTrue(ServerFixture.json(reply).at("/error/param").isNull(), reply::text);
        assertEquals("HOST_INVALID", ServerFixture.json(reply).at("/error/code").asText());
    }

    @Test
    void aRefusedHeadRequestGetsNoBody() throws Exception {
        try (Wire wire = Wire.to(fixture.server.proxyPort())) {
            wire.raw("HEAD / HTTP/1.1\r\n\r\n");
            assertEquals(400, wire.head().status());
            assertEquals(-1, wire.next());
        }
    }

    @Test
    void refusalsAreCountedWithTheOtherRequestsAndWhatIsNoRequestIsNot() throws Exception {
        int port = fixture.server.proxyPort();
        long counted = refusals();
        int recorded = fixture.requests().size();
        for (String unfinished : List.of("", "GET / HTTP/1.1\r\nHost: a\r\n")) {
            try (Wire wire = Wire.to(port)) {
                wire.raw(unfinished);
            }
        }
        Wire.Reply reply = spoken(port, "BREW / HTTP/1.1\r\nHost: a\r\n\r\n");
        fixture.auditOf(reply);
        assertEquals(counted + 1, refusals());
        assertEquals(recorded + 1, fixture.requests().size());
        JsonNode newest = fixture.adminJson("/errors").at("/recent/0");
        assertEquals("METHOD_UNSUPPORTED", newest.path("reason").asText());
        assertEquals("client_fault", newest.path("class").asText());
        assertEquals(reply.requestId(), newest.path("request_id").asText());
    }

    private static long refusals() throws Exception {
        return fixture.admin("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith("gemini_proxy_requests_total{"))
                .filter(line -> line.contains("result=\"Denied\""))
                .mapToLong(line ->
                        (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void theAdminPortNamesItsRefusalsAndRecordsNone() throws Exception {
        Wire.Reply reply = spoken(fixture.server.adminPort(), "BREW / HTTP/1.1\r\nHost: a\r\n\r\n");
        assertEquals(501, reply.status());
        String id = reply.requestId();
        assertTrue(fixture.server.flushAudit(Duration.ofSeconds(5)));
        assertFalse(fixture.auditText().contains(id));
    }
}
