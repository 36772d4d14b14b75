package io.gemproxy.server.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.server.audit.chain.Chain;
import io.gemproxy.server.audit.chain.ChainKey;
import io.gemproxy.server.audit.chain.Link;
import io.gemproxy.server.exchange.Cost;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.LimitPolicy;
import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.exchange.Result;
import io.gemproxy.server.exchange.Secret;
import io.gemproxy.server.gemini.GeminiTarget;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditFormatTest {
    private final JsonLine line = new JsonLine();
    private final Link sixth = new Link(6, "0".repeat(64));
    private final Chain chain =
            new Chain(ChainKey.of(Secret.of("a key of the format's tests, 32 bytes")), sixth);
    private final AuditFormat format = new AuditFormat(line, chain);

    private String written(FinishedExchange finished) {
        line.clear();
        chain.backTo(sixth);
        format.exchange(finished);
        return unsealed();
    }

    /** Without its place in the chain, which every record must have. */
    private String unsealed() {
        String text = StandardCharsets.UTF_8.decode(line.bytes()).toString();
        String seal = ",\"prev\":\"0{64}\",\"hash\":\"[0-9a-f]{64}\"}\n";
        assertTrue(text.matches("(?s).*" + seal), text);
        return text.replaceAll(seal, "}\n");
    }

    @Test
    void anApiCallHasExactlyTheFieldsOfTheContract() {
        assertEquals(
                "{\"timestamp\":\"2026-11-21T08:00:01.000Z\",\"seq\":7,\"event_type\":\"ApiCall\","
                        + "\"request_id\":\"01ABC\",\"client_request_id\":\"mine-1\",\"source_ip\":\"192.0.2.7\","
                        + "\"user_agent\":\"genai/1.0\",\"actor\":\"alice\",\"action\":\"call_api\","
                        + "\"result\":\"Success\",\"duration_ms\":900.000,\"method\":\"POST\","
                        + "\"path\":\"/v1beta/models/gemini-2.5-flash:generateContent\","
                        + "\"model\":\"gemini-2.5-flash\",\"operation\":\"generate_content\",\"stream\":true,"
                        + "\"status\":200,\"upstream_status\":200,\"key_id\":\"primary\",\"project\":\"p-primary\","
                        + "\"attempts\":[{\"key_id\":\"spare\",\"outcome\":\"unreachable_reset\",\"ms\":3.000},"
                        + "{\"key_id\":\"primary\",\"outcome\":\"success\",\"ms\":240.000}],\"ttfb_ms\":250.000,"
                        + "\"bytes_in\":512,\"bytes_out\":1024,\"tokens\":{\"prompt\":10,\"cached\":2,\"candidates\":20,\"thoughts\":5,\"tool_use\":1,\"total\":36}}\n",
                written(Exchanges.call("01ABC")));
    }

    @Test
    void aRefusedCredentialIsAnAuthFailureWithItsReasonAndNoActor() {
        assertEquals(
                "{\"timestamp\":\"2026-11-21T08:00:00.101Z\",\"seq\":7,\"event_type\":\"AuthFailure\","
                        + "\"request_id\":\"01ABC\",\"client_request_id\":\"mine-1\",\"source_ip\":\"192.0.2.7\","
                        + "\"user_agent\":\"genai/1.0\",\"action\":\"authenticate\",\"result\":\"Denied\","
                        + "\"duration_ms\":1.500,\"method\":\"POST\","
                        + "\"path\":\"/v1beta/models/gemini-2.5-flash:generateContent\","
                        + "\"model\":\"gemini-2.5-flash\",\"operation\":\"generate_content\",\"status\":401,\"error_reason\":\"token_expired\"}\n",
                written(
                        Exchanges.rejected(
                                "01ABC", new Rejection.Unauthenticated("TOKEN_EXPIRED"))));
    }

    @Test
    void onlyTheClientsOwnLimitIsRateLimited() throws Exception {
        JsonNode own =
                parse(
                        written(
                                Exchanges.rejected(
                                        "01ABC",
                                        new Rejection.Limited(
                                                LimitPolicy.CLIENT_TOKENS,
                                                "wait",
                                                Duration.ofSeconds(1)))));
        assertEquals("client-tokens", own.path("policy").asText());
        assertEquals("client_token_limit", own.path("error_reason").asText());
        assertEquals("RateLimited", own.path("event_type").asText());
        assertEquals("Denied", own.path("result").asText());
        JsonNode pool = parse(written(exhausted("POOL_EXHAUSTED")));
        assertEquals("ApiCall", pool.path("event_type").asText());
        assertEquals("Failure", pool.path("result").asText());
        assertEquals("pool_exhausted", pool.path("error_reason").asText());
    }

    private static FinishedExchange exhausted(String reason) {
        return Exchanges.rejected(
                "01ABC", new Rejection.Exhausted(reason, "wait", Duration.ofSeconds(1)));
    }

    @Test
    void anEventHasItsDetailsAsFieldsInOrder() {
        format.event(
                AuditEvent.of(
                        AuditEvent.Type.KEY_STATE_CHANGED,
                        Exchanges.START,
                        "key.disable",
                        Result.SUCCESS,
                        Map.of("key_id", "primary", "from", "healthy")));
        assertEquals(
                "{\"timestamp\":\"2026-11-21T08:00:00.100Z\",\"seq\":7,\"event_type\":\"KeyStateChanged\","
                        + "\"action\":\"key.disable\",\"result\":\"Success\",\"from\":\"healthy\",\"key_id\":\"primary\"}\n",
                unsealed());
    }

    @Test
    void anEventOfACallerSaysWhoHowAndHowLong() throws Exception {
        format.event(
                new AuditEvent(
                        AuditEvent.Type.ADMIN_ACTION,
                        Exchanges.START,
                        "key.test",
                        Result.SUCCESS,
                        Optional.of("root"),
                        Optional.of(new RequestId("01X")),
                        Optional.of("127.0.0.1"),
                        Map.of(),
                        Optional.of("curl/8"),
                        Optional.of(Duration.ofMillis(12))));
        JsonNode record = parse(unsealed());
        assertEquals("01X", record.path("request_id").asText());
        assertEquals("curl/8", record.path("user_agent").asText());
        assertEquals("root", record.path("actor").asText());
        assertEquals(12.0, record.path("duration_ms").asDouble());
    }

    @ParameterizedTest
    @CsvSource({
        "1250000000, false, '\"cost_usd\":0.001250,\"price_version\":\"2026-11-01\"'",
        "0, false, '\"cost_usd\":0.000000,\"price_version\":\"2026-11-01\"'",
        "1, false, '\"cost_usd\":0.000000000001,\"price_version\":\"2026-11-01\"'",
        "3000000000000, true, '\"cost_usd\":3.000000,\"unpriced\":true,\"price_version\":\"2026-11-01\"'",
        "0, true, '\"total\":36},\"unpriced\":true,\"price_version\":\"2026-11-01\"'"
    })
    void whatACallCostIsExactAndNeverNothingWithoutAPrice(
            long picodollars, boolean unpriced, String fields) {
        FinishedExchange call = Exchanges.costing(new Cost(picodollars, unpriced, "2026-11-01"));
        assertTrue(written(call).contains(fields), () -> written(call));
    }

    @ParameterizedTest
    @ValueSource(strings = {"seq", "hash", "result", "", "Bad", "a b", "a\"b"})
    void aDetailCannotTakeTheNameOfACommonField(String name) {
        Map<String, String> details = Map.of(name, "x");
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        AuditEvent.of(
                                AuditEvent.Type.ADMIN_ACTION,
                                Exchanges.START,
                                "x",
                                Result.SUCCESS,
                                details));
    }

    @Test
    void hostileTextStaysInsideItsStringAndItsLine() throws Exception {
        for (String hostile :
                List.of(
                        "\n",
                        "\r\n{\"seq\":1}",
                        "\u2028",
                        "\u2029",
                        "\u0085",
                        "\u001b[2J",
                        "\u0000",
                        "\u009b1m",
                        "\u202e",
                        "\",\"result\":\"Success",
                        "\\",
                        "\\\"",
                        "\ud800",
                        "a\udc00b",
                        "\u007f",
                        "grün ✓ 😀",
                        "\uFEFF",
                        "\ue000",
                        "\udb40\udc01")) {
            String text = written(agent(hostile));
            assertEquals(text.length() - 1, text.indexOf('\n'), "one line");
            assertTrue(text.strip().codePoints().noneMatch(AuditFormatTest::actsOnTerminals), text);
            String expected = hostile.replace('\ud800', '\ufffd');
            expected = expected.equals("a\udc00b") ? "a\ufffdb" : expected;
            if (hostile.length() == 2
                    && Character.isSurrogatePair(hostile.charAt(0), hostile.charAt(1))) {
                expected = hostile;
            }
            assertEquals(expected, parse(text).path("user_agent").textValue());
        }
    }

    private static boolean actsOnTerminals(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    true;
            default -> false;
        };
    }

    @Test
    void randomTextAlwaysGivesOneJsonObject() throws Exception {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(40); j > 0; j--) {
                text.append((char) random.nextInt(random.nextBoolean() ? 256 : 65_536));
            }
            String written = written(agent(text.toString()));
            assertEquals(written.length() - 1, written.indexOf('\n'));
            assertEquals("Success", parse(written).path("result").asText());
        }
    }

    @Test
    void aLongTextIsCutBetweenCharacters() throws Exception {
        String text = "x".repeat(JsonLine.MAX_TEXT - 1) + "😀" + "y".repeat(1 << 20);
        String agent = parse(written(agent(text))).path("user_agent").textValue();
        assertEquals("x".repeat(JsonLine.MAX_TEXT - 1) + "…", agent);
    }

    @Test
    void aQueryThatSlippedIntoAPathIsNotWritten() {
        var exchange = Exchanges.exchange("01ABC", "a");
        var target = exchange.target();
        var withQuery =
                new GeminiTarget(
                        target.path() + "?key=canary",
                        target.dialect(),
                        target.operation(),
                        target.model(),
                        target.resource());
        var leaking =
                new Exchange(
                        exchange.id(),
                        exchange.clientRequestId(),
                        exchange.startedAt(),
                        exchange.startedNanos(),
                        exchange.method(),
                        withQuery,
                        exchange.sourceIp(),
                        exchange.userAgent());
        assertFalse(
                written(Exchanges.finished(leaking, Optional.empty(), Result.SUCCESS))
                        .contains("canary"));
    }

    private static FinishedExchange agent(String agent) {
        return Exchanges.finished(
                Exchanges.exchange("01ABC", agent), Optional.empty(), Result.SUCCESS);
    }

    private static JsonNode parse(String line) throws Exception {
        return new ObjectMapper().readTree(line);
    }
}
