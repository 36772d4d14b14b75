package io.gemproxy.server;

import static io.gemproxy.server.DollarBudgetIT.capped;
import static io.gemproxy.server.DollarBudgetIT.inTheLedger;
import static io.gemproxy.server.DollarBudgetIT.spent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** What is embedded for file search, by the length of what comes in. */
final class FileSearchCostsIT {
    /** US dollars for a token. */
    private static final BigDecimal INDEXING = new BigDecimal("0.00000015");

    private static String store(UploadingClient client) throws Exception {
        Wire.Reply made = client.ask("POST", "/v1beta/fileSearchStores", "{}");
        return ServerFixture.json(made).path("name").asText();
    }

    private static String into(String store) {
        return "/upload/v1beta/" + store + ":uploadToFileSearchStore";
    }

    private static BigDecimal price(long tokens) {
        return INDEXING.multiply(BigDecimal.valueOf(tokens));
    }

    private static void same(BigDecimal expected, BigDecimal actual) {
        assertEquals(0, expected.compareTo(actual), actual + ", not " + expected);
    }

    private static void embedded(ServerFixture server, Wire.Reply reply, long tokens)
            throws Exception {
        assertEquals(200, reply.status(), reply::everything);
        JsonNode record = server.auditOf(reply);
        assertEquals(tokens, record.at("/tokens/prompt").asLong(), record::toString);
        assertEquals(tokens, record.at("/tokens/total").asLong(), record::toString);
        assertTrue(record.path("usage_estimated").asBoolean(), record::toString);
        same(price(tokens), new BigDecimal(record.path("cost_usd").asText()));
        assertFalse(record.has("unpriced"), record::toString);
    }

    @Test
    void anUploadIsPaidForOnceWithItsLastPiece() throws Exception {
        String text = "a".repeat(40_001);
        try (ServerFixture server = ServerFixture.usual()) {
            UploadingClient client = new UploadingClient(server, capped("1"));
            String address = client.begin(into(store(client)), "text/plain", text.length());
            same(BigDecimal.ZERO, spent(server));
            client.piece(address, 0, text.substring(0, 30_000), "upload");
            same(BigDecimal.ZERO, spent(server));
            String rest = text.substring(30_000);
            embedded(server, client.piece(address, 30_000, rest, "upload, finalize"), 10_001);
            same(price(10_001), spent(server));
            Wire.Reply again = client.piece(address, 30_000, rest, "upload, finalize");
            assertEquals(200, again.status(), again::everything);
            assertFalse(server.auditOf(again).has("cost_usd"), "paid before");
            same(price(10_001), spent(server));
            same(price(10_001), inTheLedger(server));
        }
    }

    @Test
    void whatIsMostlyNoTextHasFewerTokens() throws Exception {
        try (ServerFixture server = ServerFixture.usual()) {
            UploadingClient client = new UploadingClient(server, server.token());
            String address = client.begin(into(store(client)), "application/pdf", 800);
            Wire.Reply last = client.piece(address, 0, "%PDF".repeat(200), "upload, finalize");
            embedded(server, last, 100);
        }
    }

    @Test
    void aFileThatIsKnownIsPaidForEachTimeItIsImported() throws Exception {
        try (ServerFixture server = ServerFixture.usual()) {
            UploadingClient client = new UploadingClient(server, capped("1"));
            String body =
                    "{\"fileName\":\"" + client.upload("text/markdown", "a".repeat(4_000)) + "\"}";
            String path = "/v1beta/" + store(client) + ":importFile";
            for (int i = 1; i <= 2; i++) {
                embedded(server, client.ask("POST", path, body), 1_000);
                same(price(1_000L * i), spent(server));
                same(price(1_000L * i), inTheLedger(server));
            }
        }
    }

    @Test
    void aFileThatIsNamedTooLateIsNotImportedForNothing() throws Exception {
        try (ServerFixture server = ServerFixture.usual()) {
            UploadingClient client = new UploadingClient(server, capped("1"));
            String file = client.upload("text/plain", "a".repeat(4_000));
            String late = "{\"x\":\"" + "x".repeat(400_000) + "\",\"fileName\":\"" + file + "\"}";
            Wire.Reply refused =
                    client.ask("POST", "/v1beta/" + store(client) + ":importFile", late);
            assertEquals(400, refused.status(), refused::everything);
            assertTrue(refused.text().contains("BATCH_INPUT_NOT_READABLE"), refused::text);
        }
    }

    @Test
    void whatGoesBeyondTheCapIsRefused() throws Exception {
        String text = "a".repeat(40_000);
        try (ServerFixture server = ServerFixture.usual()) {
            UploadingClient client = new UploadingClient(server, capped("0.001"));
            String store = store(client);
            Wire.Reply begun =
                    client.ask(
                            "POST",
                            into(store),
                            "{}",
                            "X-Goog-Upload-Protocol: resumable",
                            "X-Goog-Upload-Command: start",
                            "X-Goog-Upload-Header-Content-Length: 40000");
            assertTrue(begun.text().contains("LIMIT_TOO_SMALL"), begun::everything);
            String address = client.begin(into(store), "text/plain", 1);
            client.piece(address, 0, text.substring(0, 39_999), "upload");
            Wire.Reply refused = client.piece(address, 39_999, "a", "upload, finalize");
            assertTrue(refused.text().contains("LIMIT_TOO_SMALL"), refused::everything);
            String file = client.upload("text/plain", text);
            Wire.Reply imported =
                    client.ask(
                            "POST",
                            "/v1beta/" + store + ":importFile",
                            "{\"fileName\":\"" + file + "\"}");
            assertTrue(imported.text().contains("LIMIT_TOO_SMALL"), imported::everything);
            same(BigDecimal.ZERO, spent(server));
            same(BigDecimal.ZERO, inTheLedger(server));
        }
    }
}
