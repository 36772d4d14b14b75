package io.gemproxy.server;

import static io.gemproxy.server.ServerFixture.FLASH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.server.authentication.TokenGrant;
import io.gemproxy.server.exchange.Role;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Limits and budgets through the whole server. */
final class LimitsIT {
    static final int CALLS = 10_000;
    private static final int CONNECTIONS = 100;
    static final String UNARY = FLASH + ":generateContent";
    static final String HELLO = body("hello", 16);

    private static String body(String text, int most) {
        return "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\""
                + text
                + "\"}]}],\"generationConfig\":{\"maxOutputTokens\":"
                + most
                + "}}";
    }

    private static TokenGrant grant(
            String subject,
            OptionalInt rpm,
            OptionalLong tpm,
            OptionalLong rpd,
            OptionalLong daily) {
        return new TokenGrant(
                subject,
                Duration.ofHours(1),
                Role.CLIENT,
                List.of(),
                rpm,
                tpm,
                rpd,
                daily,
                Optional.empty());
    }

    private static TokenGrant perDay(String subject, long requests) {
        return grant(
                subject,
                OptionalInt.empty(),
                OptionalLong.empty(),
                OptionalLong.of(requests),
                OptionalLong.empty());
    }

    private static TokenGrant tokensPerMinute(String subject, long tokens) {
        return grant(
                subject,
                OptionalInt.empty(),
                OptionalLong.of(tokens),
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    private static TokenGrant tokensPerDay(String subject, long tokens) {
        return grant(
                subject,
                OptionalInt.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.of(tokens));
    }

    static Wire.Reply call(ServerFixture server, String token, String body, String... more)
            throws Exception {
        List<String> fields = new ArrayList<>(List.of("x-goog-api-key: " + token));
        fields.addAll(List.of(more));
        return server.bare("POST", UNARY, body.getBytes(StandardCharsets.UTF_8), fields);
    }

    /** So many calls at once, on connections that are kept. */
    static List<Wire.Reply> parallel(ServerFixture server, String token, int calls)
            throws Exception {
        List<Future<List<Wire.Reply>>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CONNECTIONS; i++) {
                running.add(
                        threads.submit(() -> oneAfterTheOther(server, token, calls / CONNECTIONS)));
            }
        }
        List<Wire.Reply> replies = new ArrayList<>();
        for (Future<List<Wire.Reply>> each : running) {
            replies.addAll(each.get());
        }
        return replies;
    }

    private static List<Wire.Reply> oneAfterTheOther(ServerFixture server, String token, int calls)
            throws Exception {
        List<Wire.Reply> replies = new ArrayList<>();
        try (Wire wire = server.connect()) {
            for (int i = 0; i < calls; i++) {
                wire.send(
                        "POST",
                        UNARY,
                        List.of("x-goog-api-key: " + token),
                        HELLO.getBytes(StandardCharsets.UTF_8));
                replies.add(wire.read());
            }
        }
        return replies;
    }

    private static long count(List<Wire.Reply> replies, int status) {
        return replies.stream().filter(reply -> reply.status() == status).count();
    }

    @Test
    void ofManyParallelRequestsExactlyAsManyAsTheLimitAreAdmitted() throws Exception {
        try (ServerFixture server = ServerFixture.usual()) {
            String token = ServerFixture.token(perDay("daily", 137));
            List<Wire.Reply> replies = parallel(server, token, CALLS);
            assertEquals(137, count(replies, 200));
            assertEquals(CALLS - 137, count(replies, 429));
            assertEquals(137, server.simulator.requests());
        }
    }

    @Test
    void exactlyTheLimitOfAMinuteIsAdmittedInParallel() throws Exception {
        try (ServerFixture server = ServerFixture.usual()) {
            TokenGrant grant =
                    grant(
                            "minutely",
                            OptionalInt.of(100),
                            OptionalLong.empty(),
                            OptionalLong.empty(),
                            OptionalLong.empty());
            assertEquals(100, count(parallel(server, ServerFixture.token(grant), 1_000), 200));
        }
    }

    @Test
    void parallelRequestsNeverSpendMoreThanTheCap() throws Exception {
        long cap = 5_000;
        try (ServerFixture server = ServerFixture.usual()) {
            String token = ServerFixture.token(tokensPerDay("capped", cap));
            long spent = 0;
            for (Wire.Reply reply : parallel(server, token, CALLS)) {
                spent += tokensOf(reply);
            }
            assertTrue(spent <= cap, "spent " + spent);
            long more = 1;
            while (more > 0) {
                more = tokensOf(call(server, token, HELLO));
                spent += more;
            }
            long reservation = HELLO.length() / 4L + 1 + 16;
            assertTrue(spent <= cap, "spent " + spent);
            assertTrue(spent > cap - reservation, "only " + spent + " of " + cap);
        }
    }

    private static long tokensOf(Wire.Reply reply) throws Exception {
        if (reply.status() == 429) {
            return 0;
        }
        assertEquals(200, reply.status(), reply::everything);
        return ServerFixture.json(reply).path("usageMetadata").path("totalTokenCount").asLong();
    }

    @Test
    void aTokenLimitTellsItsPolicyAndTheEarliestRetry() throws Exception {
        try (ServerFixture server = ServerFixture.usual()) {
            String token = ServerFixture.token(tokensPerMinute("spender", 1_050));
            Wire.Reply first = call(server, token, body("hi", 1_000));
            assertEquals(200, first.status(), first::everything);
            assertTrue(
                    first.field("ratelimit-policy")
                            .orElseThrow()
                            .contains("\"client-tokens\";q=1050;qu=\"tokens\";w=60"),
                    first::everything);
            // what the first did not use was given back
            assertEquals(200, call(server, token, body("hi", 900)).status());
            server.advance(Duration.ofSeconds(7));
            Wire.Reply refused = call(server, token, body("hi", 1_020));
            assertEquals(429, refused.status(), refused::everything);
            int wait = Integer.parseInt(refused.field("retry-after").orElseThrow());
            assertTrue(wait > 45 && wait <= 53, () -> "Retry-After: " + wait);
            JsonNode error = ServerFixture.json(refused).path("error");
            assertEquals(
                    "CLIENT_TOKEN_LIMIT", error.path("details").path(0).path("reason").asText());
            JsonNode record = server.auditOf(refused);
            assertEquals("RateLimited", record.path("event_type").asText());
            assertEquals("client-tokens", record.path("policy").asText());
            server.advance(Duration.ofSeconds(wait));
            assertEquals(200, call(server, token, body("hi", 1_020)).status());
        }
    }

    @Test
    void whatCanNeverFitIsToldSo() throws Exception {
        try (ServerFixture server = ServerFixture.usual()) {
            String token = ServerFixture.token(tokensPerMinute("small", 100));
            Wire.Reply refused = call(server, token, body("hi", 1_000));
            assertEquals(400, refused.status());
            assertTrue(refused.text().contains("LIMIT_TOO_SMALL"), refused::text);
            assertEquals(0, server.simulator.requests());
            assertEquals(200, call(server, token, body("hi", 20)).status());
        }
    }

    @Test
    void failuresGiveTheReservationBack() throws Exception {
        try (ServerFixture server = ServerFixture.usual()) {
            String token = ServerFixture.token(tokensPerDay("unlucky", 1_100));
            for (String effect : List.of("400", "500", "503", "429 perminute retry 1ms")) {
                var rules = server.simulator.script("all: always " + effect);
                for (int i = 0; i < 3; i++) {
                    Wire.Reply failed = call(server, token, body("hi", 1_000));
                    assertTrue(failed.status() >= 400, failed::everything);
                    assertTrue(
                            !failed.text().contains("TOKEN_BUDGET"),
                            () -> effect + ": " + failed.text());
                }
                server.simulator.forget(rules);
            }
            server.advance(Duration.ofMinutes(5));
            assertEquals(200, call(server, token, body("hi", 1_000)).status());
        }
    }

    @Test
    void aRequestRefusedByOneLimitIsNotCountedByAnother() throws Exception {
        try (ServerFixture server = ServerFixture.usual()) {
            String token =
                    ServerFixture.token(
                            grant(
                                    "both",
                                    OptionalInt.of(2),
                                    OptionalLong.of(1_020),
                                    OptionalLong.of(2),
                                    OptionalLong.empty()));
            for (int i = 0; i < 5; i++) {
                assertEquals(400, call(server, token, body("hi", 5_000)).status());
            }
            assertEquals(200, call(server, token, HELLO).status());
            assertEquals(200, call(server, token, HELLO).status());
            assertEquals(429, call(server, token, HELLO).status());
        }
    }
}
