package io.gemproxy.server;

import static io.gemproxy.server.DollarBudgetIT.answer;
import static io.gemproxy.server.DollarBudgetIT.answerWithBatch;
import static io.gemproxy.server.DollarBudgetIT.capped;
import static io.gemproxy.server.DollarBudgetIT.inTheLedger;
import static io.gemproxy.server.DollarBudgetIT.spent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is ordered now and used later: batches, caches, what is indexed. */
final class LaterCostsIT {
    private static final String BATCH = "/v1beta/models/gemini-2.5-flash:batchGenerateContent";
    private static final String MADE =
            "{\"name\":\"batches/b1\",\"metadata\":{\"state\":\"BATCH_STATE_PENDING\"}}";

    /** Of gemini-2.5-flash in the batch tier, US dollars for a token. */
    private static final BigDecimal INPUT = new BigDecimal("0.00000015");

    private static final BigDecimal OUTPUT = new BigDecimal("0.00000125");

    @TempDir Path directory;

    private static String inline(int requests, int mostOutput) {
        String one =
                "{\"request\":{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}],"
                        + "\"generationConfig\":{\"maxOutputTokens\":"
                        + mostOutput
                        + "}}}";
        return "{\"batch\":{\"input_config\":{\"requests\":{\"requests\":["
                + String.join(",", Collections.nCopies(requests, one))
                + "]}}}}";
    }

    private static Wire.Reply ask(
            ServerFixture server, String usd, String method, String target, String body)
            throws Exception {
        return server.bare(
                method,
                target,
                body.getBytes(StandardCharsets.UTF_8),
                List.of("x-goog-api-key: " + capped(usd)));
    }

    private static BigDecimal charge(String body, long output) {
        return INPUT.multiply(BigDecimal.valueOf((body.length() + 3L) / 4))
                .add(OUTPUT.multiply(BigDecimal.valueOf(output)));
    }

    private static void same(BigDecimal expected, BigDecimal actual, String what) {
        assertEquals(0, expected.compareTo(actual), what + ": " + actual + ", not " + expected);
    }

    @Test
    void aBatchIsChargedWhenItIsMadeAndForWhatItUsedOnceThatIsRead() throws Exception {
        String body = inline(3, 1_000);
        try (ServerFixture server = ServerFixture.usual()) {
            answer(server, MADE);
            assertEquals(200, ask(server, "1", "POST", BATCH, body).status());
            same(charge(body, 3_000), spent(server), "all that its requests ask for");
            server.requestsOf("capped", 1);
            same(BigDecimal.ZERO, inTheLedger(server), "nothing was used yet");
            answer(server, MADE);
            ask(server, "1", "GET", "/v1beta/batches/b1", "");
            same(charge(body, 3_000), spent(server), "it is not over");
            answerWithBatch(server);
            for (int i = 0; i < 2; i++) {
                ask(server, "1", "GET", "/v1beta/batches/b1", "");
                same(new BigDecimal("0.000275"), spent(server), "what it used");
            }
            server.requestsOf("capped", 4);
            same(spent(server), inTheLedger(server), "the books agree");
        }
    }

    @Test
    void aBatchBeyondTheCapIsRefused() throws Exception {
        String body = inline(50, 1_000);
        try (ServerFixture server = ServerFixture.usual()) {
            answer(server, MADE);
            Wire.Reply refused = ask(server, "0.05", "POST", BATCH, body);
            assertEquals(400, refused.status(), refused::everything);
            assertTrue(refused.text().contains("LIMIT_TOO_SMALL"), refused::text);
            assertEquals(200, ask(server, "0.07", "POST", BATCH, body).status());
            assertEquals(429, ask(server, "0.07", "POST", BATCH, body).status());
        }
    }

    @Test
    void aBatchThatWasCancelledGivesItsChargeBackAlsoAfterARestart() throws Exception {
        String body = inline(3, 1_000);
        String state = "state.dir=" + directory.resolve("var");
        try (ServerFixture server = ServerFixture.with().set(state).start()) {
            answer(server, MADE);
            ask(server, "1", "POST", BATCH, body);
            assertTrue(spent(server).signum() > 0);
        }
        try (ServerFixture server = ServerFixture.with().set(state).start()) {
            same(charge(body, 3_000), spent(server), "a restart forgets nothing");
            answer(server, MADE.replace("PENDING", "CANCELLED"));
            ask(server, "1", "GET", "/v1beta/batches/b1", "");
            same(BigDecimal.ZERO, spent(server), "nothing was used");
        }
    }

    @Test
    void aCacheReservesItsStorage() throws Exception {
        String text = "a".repeat(40_000);
        String body =
                "{\"model\":\"models/gemini-2.5-flash\",\"ttl\":\"36000s\","
                        + "\"contents\":[{\"parts\":[{\"text\":\""
                        + text
                        + "\"}]}]}";
        try (ServerFixture server = ServerFixture.usual()) {
            String path = "/v1beta/cachedContents";
            Wire.Reply refused = ask(server, "0.05", "POST", path, body);
            assertEquals(400, refused.status(), refused::everything);
            assertTrue(refused.text().contains("LIMIT_TOO_SMALL"), refused::text);
            Wire.Reply shorter = ask(server, "0.05", "POST", path, body.replace("36000s", "3600s"));
            assertEquals(200, shorter.status(), shorter::everything);
            server.auditOf(shorter);
            same(spent(server), inTheLedger(server), "charged by what the answer says");
        }
    }

    @Test
    void whatIsIndexedOfAFileThatNobodyKnowsIsMarked() throws Exception {
        try (ServerFixture server = ServerFixture.usual()) {
            answer(server, "{\"name\":\"fileSearchStores/s1/operations/o1\"}");
            Wire.Reply reply =
                    server.post(
                            "/v1beta/fileSearchStores/s1:importFile",
                            "{\"fileName\":\"files/f1\"}");
            JsonNode record = server.auditOf(reply);
            assertEquals(200, reply.status(), reply::everything);
            assertTrue(record.path("unpriced").asBoolean(), record.toString());
            assertFalse(record.has("cost_usd"), record.toString());
            answer(server, "{\"error\":{\"code\":400}}".replace("200", "400"));
            JsonNode looked = server.auditOf(server.get("/v1beta/fileSearchStores/s1"));
            assertFalse(looked.has("unpriced"), looked.toString());
        }
    }
}
