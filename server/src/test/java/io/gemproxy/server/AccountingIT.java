package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens and cost as they come to be in the audit record of a request. */
final class AccountingIT {
    private static final String HELLO = "{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}]}";
    private static final String COUNTS =
            "{\"usageMetadata\":{\"promptTokenCount\":1000,\"candidatesTokenCount\":100,"
                    + "\"totalTokenCount\":1100}}";

    private ServerFixture server;

    @BeforeEach
    void start() throws Exception {
        server = ServerFixture.usual();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private JsonNode record(String target, String body, String... fields) throws Exception {
        Wire.Reply reply = server.post(target, body, fields);
        assertEquals(200, reply.status(), reply.text());
        return server.auditOf(reply);
    }

    /** The next answer has this head and body. */
    private void answer(String head, String body) {
        server.simulator.clearScript();
        String whole =
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                        + head
                        + "Content-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body;
        server.simulator.raw("answer", whole.getBytes(StandardCharsets.UTF_8));
        server.simulator.script("all: always raw answer");
    }

    private static BigDecimal usd(JsonNode record) {
        return new BigDecimal(record.path("cost_usd").asText()).stripTrailingZeros();
    }

    @Test
    void theCostOfAnAnswerIsInItsRecord() throws Exception {
        answer("", COUNTS);
        JsonNode record = record(ServerFixture.FLASH + ":generateContent", HELLO);
        assertEquals(new BigDecimal("0.00055"), usd(record), record.toString());
        assertEquals("2026-08-24", record.path("price_version").asText());
        assertFalse(record.has("unpriced"));
        assertFalse(record.has("usage_estimated"));
        String metrics = server.admin("/metrics").text();
        assertTrue(metrics.contains("# TYPE gemini_proxy_cost_usd_total counter"), metrics);
        assertTrue(metrics.contains("gemini_proxy_cost_usd_total{model=\"gemini-2.5-flash\""));
    }

    @Test
    void aModelWithoutAPriceCostsNothingThatIsSaid() throws Exception {
        answer("", COUNTS);
        JsonNode record = record("/v1beta/models/gemini-9-ultra:generateContent", HELLO);
        assertFalse(record.has("cost_usd"), record.toString());
        assertTrue(record.path("unpriced").asBoolean());
        assertEquals(1100, record.path("tokens").path("total").asLong());
    }

    @Test
    void theTierIsThatOfTheAnswerAndElseThatOfTheRequest() throws Exception {
        String priority =
                HELLO.replace("{\"contents\"", "{\"serviceTier\":\"priority\",\"contents\"");
        answer("", COUNTS);
        JsonNode asked = record(ServerFixture.FLASH + ":generateContent", priority);
        assertEquals("priority", asked.path("service_tier").asText());
        assertEquals(new BigDecimal("0.00099"), usd(asked));
        answer("x-gemini-service-tier: standard\r\n", COUNTS);
        JsonNode downgraded = record(ServerFixture.FLASH + ":generateContent", priority);
        assertEquals("standard", downgraded.path("service_tier").asText());
        assertEquals(new BigDecimal("0.00055"), usd(downgraded));
    }

    @Test
    void aFieldMaskHidesNoCost() throws Exception {
        String text = "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"" + "x".repeat(3_949);
        String long4000 = text + "\"}]}}]}";
        answer("", long4000);
        for (String mask : new String[] {"?fields=candidates", "?%24fields=candidates", ""}) {
            JsonNode record = record(ServerFixture.FLASH + ":generateContent" + mask, HELLO);
            assertTrue(record.path("usage_estimated").asBoolean(), record.toString());
            assertEquals(
                    (long4000.length() + 3) / 4, record.path("tokens").path("candidates").asLong());
            assertTrue(usd(record).signum() > 0);
        }
        answer("", COUNTS);
        assertTrue(
                record(
                                ServerFixture.FLASH
                                        + ":generateContent?fields=usageMetadata.promptTokenCount",
                                HELLO)
                        .path("usage_estimated")
                        .asBoolean());
        assertFalse(
                record(
                                ServerFixture.FLASH
                                        + ":generateContent?fields=candidates,usageMetadata",
                                HELLO)
                        .has("usage_estimated"));
    }

    @Test
    void totalsThatDoNotAddUpAreMarked() throws Exception {
        answer("", COUNTS.replace("1100", "4711"));
        JsonNode record = record(ServerFixture.FLASH + ":generateContent", HELLO);
        assertTrue(record.path("usage_mismatch").asBoolean(), record.toString());
    }

    @Test
    void videosAreBilledByWhatWasAskedFor() throws Exception {
        answer("", "{\"name\":\"models/veo-3.1-generate-preview/operations/o1\"}");
        String video = "/v1beta/models/veo-3.1-generate-preview:predictLongRunning";
        JsonNode usual = record(video, "{\"instances\":[{\"prompt\":\"a\"}]}");
        assertEquals(new BigDecimal("3.2"), usd(usual), usual.toString());
        JsonNode large =
                record(
                        video,
                        "{\"instances\":[{\"prompt\":\"a\"}],\"parameters\":{\"durationSeconds\":4,"
                                + "\"sampleCount\":2,\"resolution\":\"4k\"}}");
        assertEquals(new BigDecimal("4.8"), usd(large), large.toString());
        assertTrue(large.path("usage_estimated").asBoolean());
    }

    @Test
    void aBatchIsBilledOnceHoweverOftenItIsRead() throws Exception {
        String results =
                "{\"name\":\"batches/b1\",\"done\":true,\"response\":{\"inlinedResponses\":{"
                        + "\"inlinedResponses\":[{\"response\":"
                        + COUNTS.replace("}}", "},\"modelVersion\":\"gemini-2.5-flash\"}")
                        + "}]}}}";
        answer("", results);
        JsonNode first = server.auditOf(server.get("/v1beta/batches/b1"));
        assertEquals(new BigDecimal("0.000275"), usd(first), first.toString());
        assertEquals("batch", first.path("service_tier").asText());
        assertEquals("gemini-2.5-flash", first.path("model").asText());
        JsonNode again = server.auditOf(server.get("/v1beta/batches/b1"));
        assertFalse(again.has("cost_usd"), again.toString());
    }

    @Test
    void anInteractionIsBilledWhenItIsMadeAndNotWhenItIsLookedAt() throws Exception {
        answer(
                "",
                "{\"id\":\"i1\",\"status\":\"completed\",\"usage\":{\"total_input_tokens\":1000,"
                        + "\"total_output_tokens\":100,\"total_tokens\":1100}}");
        JsonNode made =
                record(
                        "/v1beta/interactions",
                        "{\"model\":\"gemini-2.5-flash\",\"input\":\"hello\"}");
        assertEquals(new BigDecimal("0.00055"), usd(made), made.toString());
        JsonNode looked = server.auditOf(server.get("/v1beta/interactions/i1"));
        assertFalse(looked.has("tokens"), looked.toString());
    }
}
