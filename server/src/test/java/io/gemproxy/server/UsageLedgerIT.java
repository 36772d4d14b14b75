package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.server.authentication.TokenGrant;
import io.gemproxy.server.exchange.Role;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What {@code /api/usage} says is what the audit records of the same requests add up to. */
final class UsageLedgerIT {
    private static final ObjectMapper EXACT =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final String PRO = "/v1beta/models/gemini-2.5-pro";
    private static final String HELLO = "{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}]}";
    private static final String[] TOKENS = {
        "prompt", "cached", "candidates", "thoughts", "tool_use", "total"
    };

    @Test
    void theLedgerOfAMixedRunIsTheSumOfItsAuditRecords() throws Exception {
        try (ServerFixture server = ServerFixture.usual()) {
            server.simulator.script(
                    """
                    model gemini-2.5-pro: next 2 503 overloaded
                    request 9: close at event 2
                    request 14: close at event 1
                    """);
            int sent = mixed(server);
            Map<String, Sum> audited = audited(server, sent);
            JsonNode report = report(server, "by=client,model,key&since=1d");
            Map<String, Sum> kept = new TreeMap<>();
            for (JsonNode row : report.path("rows")) {
                kept.put(
                        row.path("client").asText()
                                + "|"
                                + row.path("model").asText()
                                + "|"
                                + row.path("key").asText(),
                        Sum.of(
                                row.path("requests").asLong(),
                                row.path("attempts").asLong(),
                                row.path("tokens"),
                                row.path("cost_usd").decimalValue()));
            }
            assertEquals(audited, kept);
            Sum total = audited.values().stream().reduce(Sum.NOTHING, Sum::plus);
            JsonNode all = report.path("total");
            assertEquals(
                    total,
                    Sum.of(
                            all.path("requests").asLong(),
                            all.path("attempts").asLong(),
                            all.path("tokens"),
                            all.path("cost_usd").decimalValue()));
            assertTrue(total.usd().signum() > 0);
            assertTrue(all.path("estimated_requests").asLong() >= 3, all.toString());
            assertTrue(all.path("lower_bound_requests").asLong() >= 1, all.toString());
            assertFalse(report.path("truncated").asBoolean());
        }
    }

    @Test
    void aQuestionThatCannotBeUnderstoodIsRefusedInWords() throws Exception {
        try (ServerFixture server = ServerFixture.usual()) {
            for (String question : new String[] {"by=color", "by=client,client", "since=soon"}) {
                Wire.Reply reply = ask(server, question);
                assertEquals(400, reply.status(), question);
                assertTrue(reply.text().contains("urn:gemproxy:problem:invalid_request"));
            }
        }
    }

    /** Requests of every kind by two clients. */
    private static int mixed(ServerFixture server) throws Exception {
        String[] clients = {ServerFixture.token("alice"), ServerFixture.token("bob")};
        String[] targets = {
            ServerFixture.FLASH + ":generateContent",
            ServerFixture.FLASH + ":streamGenerateContent?alt=sse",
            PRO + ":generateContent",
            PRO + ":streamGenerateContent",
            ServerFixture.FLASH + ":generateContent?fields=candidates.content",
            "/v1beta/models/gemini-embedding-001:embedContent",
            "/v1beta/models/no-such-model-here:generateContent",
            ServerFixture.FLASH + ":countTokens",
            "/v1beta/models/gemini-2.5-pro:streamGenerateContent?alt=sse"
        };
        int sent = 0;
        for (int round = 0; round < 3; round++) {
            for (String client : clients) {
                for (String target : targets) {
                    one(server, client, target);
                    sent++;
                }
            }
        }
        return sent;
    }

    private static void one(ServerFixture server, String client, String target) throws Exception {
        byte[] body = HELLO.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        try (Wire wire = server.connect()) {
            wire.send("POST", target, List.of("x-goog-api-key: " + client), body);
            wire.read();
        } catch (IOException cut) {
            assertFalse(target.isEmpty(), "the script cuts some answers");
        }
    }

    private static Map<String, Sum> audited(ServerFixture server, int sent) throws Exception {
        server.requestsOf("alice", sent / 2);
        server.requestsOf("bob", sent / 2);
        Map<String, Sum> sums = new TreeMap<>();
        for (String line : server.auditText().lines().toList()) {
            JsonNode call = EXACT.readTree(line);
            if (call.path("event_type").asText().equals("ApiCall") && call.has("attempts")) {
                boolean answered =
                        call.has("tokens") || call.path("upstream_status").asInt() == 200;
                sums.merge(
                        call.path("actor").asText()
                                + "|"
                                + (answered ? call.path("model").asText() : "(none)")
                                + "|"
                                + call.path("key_id").asText(),
                        Sum.of(
                                1,
                                call.path("attempts").size(),
                                call.path("tokens"),
                                call.path("cost_usd").decimalValue()),
                        Sum::plus);
            }
        }
        return sums;
    }

    private static JsonNode report(ServerFixture server, String question) throws Exception {
        return EXACT.readTree(ask(server, question).text());
    }

    private static Wire.Reply ask(ServerFixture server, String question) throws Exception {
        String admin = ServerFixture.token(TokenGrant.of("root", Duration.ofHours(1), Role.ADMIN));
        try (Wire wire = Wire.to(server.server.adminPort())) {
            wire.send(
                    "GET",
                    "/api/usage?" + question,
                    List.of("Authorization: Bearer " + admin),
                    new byte[0]);
            return wire.read();
        }
    }

    /** What is compared. */
    private record Sum(long requests, long attempts, List<Long> tokens, BigDecimal usd) {
        static final Sum NOTHING = new Sum(0, 0, List.of(0L, 0L, 0L, 0L, 0L, 0L), BigDecimal.ZERO);

        static Sum of(long requests, long attempts, JsonNode tokens, BigDecimal usd) {
            List<Long> counts =
                    java.util.Arrays.stream(TOKENS)
                            .map(name -> tokens.path(name).asLong())
                            .toList();
            return new Sum(requests, attempts, counts, usd.stripTrailingZeros());
        }

        Sum plus(Sum more) {
            List<Long> counts =
                    java.util.stream.IntStream.range(0, tokens.size())
                            .mapToObj(i -> tokens.get(i) + more.tokens.get(i))
                            .toList();
            return new Sum(
                    requests + more.requests,
                    attempts + more.attempts,
                    counts,
                    usd.add(more.usd).stripTrailingZeros());
        }
    }
}
