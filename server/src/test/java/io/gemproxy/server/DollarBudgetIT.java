package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.server.authentication.TokenGrant;
import io.gemproxy.server.exchange.Role;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Caps in dollars through the whole server, by the prices it knows. */
final class DollarBudgetIT {
    private static final ObjectMapper EXACT =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /** Of gemini-2.5-flash, US dollars for a token. */
    private static final BigDecimal INPUT = new BigDecimal("0.00000030");

    private static final BigDecimal OUTPUT = new BigDecimal("0.00000250");
    private static final int MOST_OUTPUT = 16;
    private static final String UNKNOWN = "/v1beta/models/gemini-nobody-knows:generateContent";

    @TempDir Path directory;

    static String capped(String usd) {
        return ServerFixture.token(
                new TokenGrant(
                        "capped",
                        Duration.ofHours(1),
                        Role.CLIENT,
                        List.of(),
                        OptionalInt.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        Optional.of(new BigDecimal(usd))));
    }

    private static Wire.Reply post(ServerFixture server, String token, String target)
            throws Exception {
        return server.bare(
                "POST",
                target,
                LimitsIT.HELLO.getBytes(StandardCharsets.UTF_8),
                List.of("x-goog-api-key: " + token));
    }

    private static JsonNode admin(ServerFixture server, String path) throws IOException {
        String admin = ServerFixture.token(TokenGrant.of("root", Duration.ofHours(1), Role.ADMIN));
        try (Wire wire = Wire.to(server.server.adminPort())) {
            wire.send("GET", path, List.of("Authorization: Bearer " + admin), new byte[0]);
            return EXACT.readTree(wire.read().text());
        }
    }

    static BigDecimal spent(ServerFixture server) throws IOException {
        JsonNode day = admin(server, "/api/budgets").at("/clients/0/day");
        assertEquals(0, day.at("/reserved/usd").decimalValue().signum(), day::toString);
        return day.at("/spent/usd").decimalValue();
    }

    static BigDecimal inTheLedger(ServerFixture server) throws IOException {
        return admin(server, "/api/usage?by=client&since=1d").at("/total/cost_usd").decimalValue();
    }

    private static BigDecimal inTheAuditLog(ServerFixture server, int requests) throws Exception {
        BigDecimal sum = BigDecimal.ZERO;
        server.requestsOf("capped", requests);
        for (String line : server.auditText().lines().toList()) {
            JsonNode cost = EXACT.readTree(line).path("cost_usd");
            sum = sum.add(cost.isMissingNode() ? BigDecimal.ZERO : cost.decimalValue());
        }
        return sum;
    }

    /** What a request of {@link LimitsIT#HELLO} reserves at least. */
    private static BigDecimal reservation() {
        long input = (LimitsIT.HELLO.length() + 3L) / 4;
        return INPUT.multiply(BigDecimal.valueOf(input))
                .add(OUTPUT.multiply(BigDecimal.valueOf(MOST_OUTPUT)));
    }

    @Test
    void parallelRequestsNeverSpendMoreThanTheCapAndAllBooksAgree() throws Exception {
        BigDecimal cap = new BigDecimal("0.005");
        try (ServerFixture server = ServerFixture.usual()) {
            String token = capped(cap.toPlainString());
            int served = served(LimitsIT.parallel(server, token, LimitsIT.CALLS));
            assertTrue(spent(server).compareTo(cap) <= 0, () -> "beyond the cap");
            assertTrue(served < LimitsIT.CALLS, "the cap was never reached");
            int calls = LimitsIT.CALLS;
            int more = 1;
            while (more > 0) {
                more = served(List.of(LimitsIT.call(server, token, LimitsIT.HELLO)));
                calls++;
            }
            BigDecimal spent = spent(server);
            assertTrue(spent.compareTo(cap) <= 0, () -> "spent " + spent);
            assertTrue(spent.compareTo(cap.subtract(reservation())) > 0, () -> "only " + spent);
            assertEquals(0, spent.compareTo(inTheLedger(server)), () -> "ledger, not " + spent);
            assertEquals(
                    0,
                    spent.compareTo(inTheAuditLog(server, calls)),
                    () -> "audit log, not " + spent);
        }
    }

    private static int served(List<Wire.Reply> replies) {
        int served = 0;
        for (Wire.Reply reply : replies) {
            assertTrue(reply.status() == 200 || reply.status() == 429, reply::everything);
            served += reply.status() == 200 ? 1 : 0;
        }
        return served;
    }

    @Test
    void modelsWithoutPriceAreRefusedToClientsWithADollarCap() throws Exception {
        try (ServerFixture server = ServerFixture.usual()) {
            String token = capped("1");
            Wire.Reply refused = post(server, token, UNKNOWN);
            assertEquals(403, refused.status(), refused::everything);
            assertTrue(refused.text().contains("MODEL_UNPRICED"), refused::text);
            String picture = "/v1beta/models/imagen-nobody-knows:predict";
            assertEquals(403, post(server, token, picture).status());
            List<String> fields = List.of("x-goog-api-key: " + token);
            assertEquals(200, server.bare("GET", "/v1beta/models", new byte[0], fields).status());
        }
        try (ServerFixture server =
                ServerFixture.with().set("limits.unpriced_models=allow").start()) {
            Wire.Reply passed = post(server, capped("1"), UNKNOWN);
            assertFalse(passed.text().contains("MODEL_UNPRICED"), passed::text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openai/batches",
                "openai/batches/b1/cancel",
                "interactions/i1/cancel",
                "batches/b1:cancel",
                "webhooks",
                "cachedContents",
                "fileSearchStores"
            })
    void whatCostsNothingByItselfNeedsNoPrice(String path) throws Exception {
        try (ServerFixture server = ServerFixture.usual()) {
            Wire.Reply reply = post(server, capped("1"), "/v1beta/" + path);
            assertNotEquals(403, reply.status(), reply::everything);
            Wire.Reply agent = post(server, capped("1"), "/v1beta/triggers");
            assertEquals(403, agent.status(), agent::everything);
        }
    }

    @Test
    void aCacheIsPaidForAsLongAsItIsKept() throws Exception {
        try (ServerFixture server = ServerFixture.usual()) {
            List<String> fields = List.of("x-goog-api-key: " + capped("1"));
            byte[] body = new byte[] {'{', '}'};
            answer(server, cache("15:00:00Z"));
            Wire.Reply made = server.bare("POST", "/v1beta/cachedContents", body, fields);
            assertEquals(200, made.status(), made::everything);
            assertEquals(0, new BigDecimal("0.006").compareTo(spent(server)));
            server.bare("GET", "/v1beta/cachedContents/c1", new byte[0], fields);
            assertEquals(0, new BigDecimal("0.006").compareTo(spent(server)), "only looked at");
            answer(server, cache("16:00:00Z"));
            server.bare("PATCH", "/v1beta/cachedContents/c1", body, fields);
            assertEquals(0, new BigDecimal("0.008").compareTo(spent(server)), "an hour more");
            assertEquals(0, spent(server).compareTo(inTheLedger(server)));
            assertEquals(0, spent(server).compareTo(inTheAuditLog(server, 3)));
        }
    }

    /** Two thousand tokens, at a dollar for a million and an hour. */
    private static String cache(String expires) {
        return "{\"name\":\"cachedContents/c1\",\"model\":\"models/gemini-2.5-flash\","
                + "\"createTime\":\"2026-11-21T12:00:00Z\",\"expireTime\":\"2026-11-21T"
                + expires
                + "\",\"usageMetadata\":{\"totalTokenCount\":2000}}";
    }

    @Test
    void aModelThatIsFreeHasAPrice() throws Exception {
        Path prices = directory.resolve("prices.yaml");
        Files.writeString(
                prices, "as_of: 2026-11-01\nmodels: {gemini-2.5-flash: [{input: 0, output: 0}]}\n");
        try (ServerFixture server =
                ServerFixture.with().set("usage.prices_file=" + prices).start()) {
            Wire.Reply free = LimitsIT.call(server, capped("0.000001"), LimitsIT.HELLO);
            assertEquals(200, free.status(), free::everything);
            assertEquals(0, spent(server).signum());
        }
    }

    @Test
    void aPriorityRequestReservesThePriorityPrice() throws Exception {
        String dear = "{\"serviceTier\":\"priority\"," + LimitsIT.HELLO.substring(1);
        BigDecimal between = reservation().multiply(new BigDecimal("1.5"));
        try (ServerFixture server = ServerFixture.usual()) {
            String token = capped(between.toPlainString());
            Wire.Reply refused = LimitsIT.call(server, token, dear);
            assertEquals(400, refused.status(), refused::everything);
            assertTrue(refused.text().contains("LIMIT_TOO_SMALL"), refused::text);
            assertEquals(200, LimitsIT.call(server, token, LimitsIT.HELLO).status());
        }
    }

    @Test
    void whatABatchUsedIsSpentOnceItsResultsAreRead() throws Exception {
        try (ServerFixture server = ServerFixture.usual()) {
            answerWithBatch(server);
            String token = capped("0.0001");
            List<String> fields = List.of("x-goog-api-key: " + token);
            for (int i = 0; i < 2; i++) {
                Wire.Reply read = server.bare("GET", "/v1beta/batches/b1", new byte[0], fields);
                assertEquals(200, read.status(), read::everything);
                assertEquals(0, new BigDecimal("0.000275").compareTo(spent(server)), "billed once");
                server.auditOf(read);
            }
            assertEquals(0, spent(server).compareTo(inTheLedger(server)));
            assertEquals(429, LimitsIT.call(server, token, LimitsIT.HELLO).status());
        }
    }

    @Test
    void aBatchThatWasReadBeforeARestartIsNotBilledAgain() throws Exception {
        String state = "state.dir=" + directory.resolve("var");
        List<String> fields = List.of("x-goog-api-key: " + capped("1"));
        for (int start = 0; start < 2; start++) {
            try (ServerFixture server = ServerFixture.with().set(state).start()) {
                answerWithBatch(server);
                server.auditOf(server.bare("GET", "/v1beta/batches/b1", new byte[0], fields));
                assertEquals(0, new BigDecimal("0.000275").compareTo(spent(server)));
                assertEquals(0, new BigDecimal("0.000275").compareTo(inTheLedger(server)));
            }
        }
    }

    /** A thousand tokens in, a hundred out, at half the price. */
    static void answerWithBatch(ServerFixture server) {
        String body =
                "{\"name\":\"batches/b1\",\"done\":true,\"response\":{\"inlinedResponses\":{"
                        + "\"inlinedResponses\":[{\"response\":{\"usageMetadata\":{"
                        + "\"promptTokenCount\":1000,\"candidatesTokenCount\":100,"
                        + "\"totalTokenCount\":1100},\"modelVersion\":\"gemini-2.5-flash\"}}]}}}";
        answer(server, body);
    }

    static void answer(ServerFixture server, String body) {
        answer(server, "200 OK", body);
    }

    /**
     * @param status and further fields
     */
    static void answer(ServerFixture server, String status, String body) {
        String whole =
                "HTTP/1.1 "
                        + status
                        + "\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body;
        server.simulator.clearScript();
        server.simulator.raw("answer", whole.getBytes(StandardCharsets.UTF_8));
        server.simulator.script("all: always raw answer");
    }
}
