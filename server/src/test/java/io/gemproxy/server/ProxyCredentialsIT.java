package io.gemproxy.server;

import static io.gemproxy.server.ServerFixture.FLASH;
import static io.gemproxy.server.ServerFixture.keyOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.authentication.TokenGrant;
import io.gemproxy.server.authentication.TokenIssuer;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.exchange.Secret;
import io.gemproxy.simulator.record.Seen;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, with what, to what; and what Google learns of it. */
class ProxyCredentialsIT {
    private static final String UNARY = FLASH + ":generateContent";
    private static final String OPENAI = "/v1beta/openai/chat/completions";
    private static final String HELLO = ProxyFailoverIT.HELLO;
    private static final byte[] BODY = HELLO.getBytes(StandardCharsets.UTF_8);

    private static ServerFixture fixture;

    @BeforeAll
    static void start() throws Exception {
        fixture = ServerFixture.usual();
    }

    @AfterAll
    static void stop() throws Exception {
        fixture.close();
    }

    @Test
    void theTokenMayStandInEachPlaceAndInSeveralAtOnce() throws Exception {
        String token = fixture.token();
        assertEquals(200, status(UNARY, "x-goog-api-key: " + token));
        assertEquals(200, status(UNARY, "X-Goog-Api-Key:" + token));
        assertEquals(200, status(UNARY, "Authorization: Bearer " + token));
        assertEquals(200, status(UNARY, "authorization: bearer " + token));
        assertEquals(200, status(UNARY + "?key=" + token));
        assertEquals(200, status(UNARY + "?alt=json&key=" + token));
        assertEquals(
                200,
                status(
                        UNARY + "?key=" + token,
                        "x-goog-api-key: " + token,
                        "Authorization: Bearer " + token));
        assertEquals(
                200, status(UNARY + "?key=", "x-goog-api-key: " + token, "Authorization: Bearer "));
        assertEquals(200, status(UNARY, "x-goog-api-key:", "Authorization: Bearer " + token));
    }

    @Test
    void theQueryCredentialOfWebSocketsOpensNothingHereAndGoesNowhere() throws Exception {
        String token = fixture.token();
        assertEquals(401, status(UNARY + "?access_token=" + token));
        fixture.simulator.clearRecord();
        Wire.Reply reply =
                asked(UNARY + "?alt=json&access%5Ftoken=other", "x-goog-api-key: " + token);
        assertEquals(200, reply.status(), reply::text);
        assertEquals(
                List.of(UNARY + "?alt=json"),
                fixture.simulator.record().stream().map(seen -> seen.rawTarget()).toList());
    }

    @Test
    void twoDifferentTokensAreAConflict() throws Exception {
        String one = fixture.token();
        String two = ServerFixture.token("other");
        for (Wire.Reply reply :
                List.of(
                        asked(UNARY + "?key=" + two, "x-goog-api-key: " + one),
                        asked(UNARY, "Authorization: Bearer " + two, "x-goog-api-key: " + one),
                        asked(UNARY, "x-goog-api-key: " + two, "x-goog-api-key: " + one),
                        asked(UNARY + "?key=" + one + "&key=" + two))) {
            assertEquals(400, reply.status(), reply::text);
            assertTrue(reply.text().contains("CREDENTIALS_CONFLICT"), reply::text);
        }
    }

    @Test
    void bytesAboveAsciiInACredentialOpenNothingAndAConflictStaysOne() throws Exception {
        String token = fixture.token();
        assertEquals(401, status(UNARY, "x-goog-api-key: \u00e9"));
        assertEquals(401, status(UNARY, "x-goog-api-key: " + token + "\u00a0"));
        assertEquals(401, status(UNARY, "Authorization: Bearer \u0085" + token));
        assertEquals(400, status(UNARY, "x-goog-api-key: " + token, "X-Goog-Api-Key: \u00e9"));
        assertEquals(200, status(UNARY, "x-goog-api-key: " + token, "X-Name: \u00e9"));
    }

    @Test
    void everyRefusedCredentialLooksTheSame() throws Exception {
        Set<String> bodies = new HashSet<>();
        Set<String> fields = new HashSet<>();
        List<String> refused =
                List.of(
                        "X-None: 1",
                        "x-goog-api-key:",
                        "Authorization: Bearer",
                        "x-goog-api-key: nonsense",
                        "x-goog-api-key: " + keyOf("alpha"),
                        "Authorization: Basic dXNlcjpwYXNz",
                        "x-goog-api-key: " + fixture.token() + "x",
                        "x-goog-api-key: " + unsigned(fixture.token()),
                        "x-goog-api-key: " + expired(),
                        "x-goog-api-key: " + foreign(),
                        "x-goog-api-key: " + admin());
        for (String field : refused) {
            Wire.Reply reply = asked(UNARY, field);
            assertEquals(401, reply.status(), field);
            bodies.add(reply.text().replace(reply.requestId(), "ID"));
            List<String> names = new ArrayList<>();
            reply.fields().forEach(line -> names.add(line.name()));
            fields.add(names.toString());
            assertEquals("AuthFailure", fixture.auditOf(reply).path("event_type").asText());
        }
        assertEquals(1, bodies.size(), bodies::toString);
        assertEquals(1, fields.size(), fields::toString);
    }

    @Test
    void aRefusalHasTheShapeOfItsDialect() throws Exception {
        Wire.Reply reply = asked(OPENAI, "Authorization: Bearer nonsense");
        assertEquals(401, reply.status());
        assertEquals("application/json", reply.field("content-type").orElseThrow());
        assertTrue(ServerFixture.json(reply).at("/error/message").isTextual());
        assertTrue(ServerFixture.json(reply).at("/error/param").isNull());
    }

    @Test
    void theModelsClaimHoldsForPathAndBody() throws Exception {
        String token = ServerFixture.token(grant(List.of("gemini-2.5-f*"), OptionalInt.empty()));
        String field = "x-goog-api-key: " + token;
        assertEquals(200, status(UNARY, field));
        Wire.Reply pro = asked("/v1beta/models/gemini-2.5-pro:generateContent", field);
        assertEquals(403, pro.status());
        assertTrue(pro.text().contains("MODEL_NOT_ALLOWED"));
        for (String model : List.of("gemini-2.5-pro", "models/gemini-2.5-pro")) {
            Wire.Reply reply = chat(model, field);
            assertEquals(403, reply.status(), model);
            assertEquals("gemini-2.5-pro", fixture.auditOf(reply).path("model").asText());
        }
        assertEquals(200, chat("gemini-2.5-flash", field).status());
        assertEquals(200, chat("models/gemini-2.5-flash", field).status());
    }

    @Test
    void aModelNamedBehindALongBodyOrTwiceDoesNotEvadeTheClaim() throws Exception {
        String token = ServerFixture.token(grant(List.of("gemini-2.5-f*"), OptionalInt.empty()));
        String field = "x-goog-api-key: " + token;
        String text = "m".repeat(600_000);
        String messages = "\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]";
        fixture.simulator.clearRecord();
        for (String body :
                List.of(
                        "{" + messages + ",\"model\":\"gemini-2.5-pro\"}",
                        "{\"model\":\"gemini-2.5-flash\","
                                + messages
                                + ",\"model\":\"gemini-2.5-pro\"}",
                        "{\"messages\":[],\"model\":\"gemini-2.5-flash\",\"model\":\"gemini-2.5-pro\"}",
                        "{\"messages\":[],\"mod\\u0065l\":\"gemini-2.5-pro\"}")) {
            Wire.Reply reply =
                    fixture.bare(
                            "POST", OPENAI, body.getBytes(StandardCharsets.UTF_8), List.of(field));
            assertTrue(
                    reply.status() == 403 || reply.status() == 400,
                    () -> reply.status() + " for " + body.replaceAll("m{100,}", "m…"));
        }
        assertEquals(0, fixture.keysSeen().size());
    }

    @Test
    void theTokensOwnLimitAndTheDefaultOneAreKept() throws Exception {
        String own = ServerFixture.token(grant(List.of(), OptionalInt.of(2)));
        limited(fixture, "x-goog-api-key: " + own, 2);
        try (ServerFixture strict =
                ServerFixture.with().set("auth.rate_limit_per_minute=3").start()) {
            limited(strict, "x-goog-api-key: " + strict.token(), 3);
            limited(strict, "x-goog-api-key: " + own, 2);
            strict.advance(Duration.ofSeconds(61));
            assertEquals(200, strict.post(UNARY, HELLO).status());
        }
    }

    private static void limited(ServerFixture server, String field, int limit) throws Exception {
        for (int i = 0; i < limit; i++) {
            Wire.Reply admitted = server.bare("POST", UNARY, BODY, List.of(field));
            assertEquals(200, admitted.status());
            assertTrue(admitted.field("ratelimit-policy").orElseThrow().contains("q=" + limit));
            assertTrue(
                    admitted.field("ratelimit").orElseThrow().contains("r=" + (limit - 1 - i)),
                    admitted::everything);
        }
        long before = server.simulator.requests();
        Wire.Reply refused = server.bare("POST", UNARY, BODY, List.of(field));
        assertEquals(429, refused.status());
        assertEquals(before, server.simulator.requests());
        int wait = Integer.parseInt(refused.field("retry-after").orElseThrow());
        assertTrue(wait > 50 && wait <= 60, () -> "Retry-After: " + wait);
        assertTrue(refused.text().contains("\"" + wait + "s\""), refused::text);
        assertTrue(refused.field("ratelimit").orElseThrow().contains("r=0"));
        assertEquals("RateLimited", server.auditOf(refused).path("event_type").asText());
    }

    @Test
    void googleSeesTheProxyAndOneKeyAndNothingOfTheClient() throws Exception {
        String token = fixture.token();
        List<String> forbidden =
                List.of(
                        "X-Forwarded-For: 203.0.113.7",
                        "X-Forwarded-Host: client.example",
                        "X-Forwarded-Proto: https",
                        "Forwarded: for=203.0.113.7",
                        "Via: 1.1 client.example",
                        "X-Real-IP: 203.0.113.7",
                        "True-Client-IP: 203.0.113.7",
                        "CF-Connecting-IP: 203.0.113.7",
                        "Referer: https://client.example/page",
                        "Origin: https://client.example",
                        "Cookie: session=clientcookie",
                        "x-goog-user-project: clientproject",
                        "x-gemini-api-privileged-user-id: clientuser",
                        "Proxy-Authorization: Basic clientproxy",
                        "Keep-Alive: timeout=5",
                        "TE: trailers",
                        "Upgrade: websocket",
                        "X-Hop: clienthop",
                        "Connection: keep-alive, X-Hop",
                        "Accept-Encoding: br, zstd",
                        "x-request-id: client-request-7",
                        "User-Agent: google-genai-sdk/1.0",
                        "x-goog-api-client: genai/1.0",
                        "Host: gateway.client.example");
        List<String> fields = new ArrayList<>(forbidden);
        fields.add("Authorization: Bearer " + token);
        fields.add("x-goog-api-key: " + token);
        for (String target :
                List.of(
                        UNARY + "?key=" + token + "&alt=json",
                        "/v1beta/models?access_token=" + token + "&pageSize=5&%6Bey=" + token,
                        OPENAI + "?key=" + token)) {
            fixture.simulator.clearRecord();
            boolean get = target.startsWith("/v1beta/models?");
            byte[] body =
                    target.startsWith(OPENAI)
                            ? ProxyFailoverIT.Shape.OPENAI.body.getBytes(StandardCharsets.UTF_8)
                            : BODY;
            Wire.Reply reply =
                    fixture.bare(get ? "GET" : "POST", target, get ? new byte[0] : body, fields);
            assertEquals(200, reply.status(), reply::text);
            Seen seen = fixture.simulator.record().getFirst();
            hidden(seen, token, target.startsWith(OPENAI));
            assertEquals("client-request-7", reply.field("x-client-request-id").orElseThrow());
        }
    }

    private static void hidden(Seen seen, String token, boolean openAi) {
        String head = seen.rawTarget() + "\n" + seen.headers();
        String lower = head.toLowerCase(Locale.ROOT);
        for (String trace :
                List.of(
                        "client.example",
                        "203.0.113.7",
                        "clientcookie",
                        "clientproject",
                        "clientuser",
                        "clientproxy",
                        "clienthop",
                        "client-request-7",
                        "x-forwarded",
                        "forwarded",
                        "via",
                        "referer",
                        "origin",
                        "cookie",
                        "x-hop",
                        "zstd",
                        "websocket",
                        "key=",
                        "access_token")) {
            assertFalse(lower.contains(trace), () -> trace + " in " + head);
        }
        assertFalse(head.contains(token));
        assertFalse(seen.credentialInUrl());
        assertNotNull(seen.key());
        String key = keyOf(seen.key());
        assertEquals(openAi ? "Bearer " + key : null, seen.header("authorization"));
        assertEquals(openAi ? null : key, seen.header("x-goog-api-key"));
        assertEquals(2, head.split(java.util.regex.Pattern.quote(key), -1).length, head);
        assertEquals("127.0.0.1:" + fixture.simulator.port(), seen.header("host"));
        assertEquals("google-genai-sdk/1.0", seen.header("user-agent"));
        assertEquals("genai/1.0", seen.header("x-goog-api-client"));
        assertNull(seen.header("te"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/keys", "/metrics", "/v2/models", "/health/ready", "/admin"})
    void whatIsNotGeminisIsNotFoundAndIsOnRecord(String path) throws Exception {
        Wire.Reply reply = fixture.get(path);
        assertEquals(404, reply.status());
        assertEquals(404, fixture.auditOf(reply).path("status").asInt());
        assertEquals("path_unknown", fixture.auditOf(reply).path("error_reason").asText());
    }

    @Test
    void theLiveApiIsNotBuilt() throws Exception {
        Wire.Reply reply =
                fixture.get(
                        "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent");
        assertEquals(501, reply.status());
        assertEquals("UNIMPLEMENTED", ServerFixture.json(reply).at("/error/status").asText());
    }

    @Test
    void withoutAuthenticationTheLoopbackServerServesAnybody() throws Exception {
        try (ServerFixture open = ServerFixture.with().set("auth.enabled=false").start()) {
            assertEquals(200, open.bare("POST", UNARY, BODY, List.of()).status());
            assertEquals(
                    200, open.bare("POST", UNARY, BODY, List.of("x-goog-api-key: any")).status());
            assertEquals("alpha", open.keysSeen().getFirst());
        }
    }

    private static Wire.Reply chat(String model, String field) throws Exception {
        String body = ProxyFailoverIT.Shape.OPENAI.body.replace("gemini-2.5-flash", model);
        return fixture.bare("POST", OPENAI, body.getBytes(StandardCharsets.UTF_8), List.of(field));
    }

    private static int status(String target, String... fields) throws Exception {
        return asked(target, fields).status();
    }

    private static Wire.Reply asked(String target, String... fields) throws Exception {
        return fixture.bare("POST", target, BODY, List.of(fields));
    }

    private static TokenGrant grant(List<String> models, OptionalInt rpm) {
        return new TokenGrant(
                "granted-" + models.size() + "-" + rpm.orElse(0),
                Duration.ofHours(1),
                Role.CLIENT,
                models,
                rpm,
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty());
    }

    private static String expired() {
        Instant then = Instant.now().minus(Duration.ofHours(2));
        return new TokenIssuer(Secret.of(ServerFixture.SECRET), new SecureRandom(), () -> then)
                .issue(TokenGrant.of("late", Duration.ofHours(1), Role.CLIENT));
    }

    private static String foreign() {
        return new TokenIssuer(
                        Secret.of(
                                Emissions.OF_THIS_RUN.secret(
                                        "another signing secret",
                                        "another-signing-secret-Zq8vN3xT5bW1rK")),
                        new SecureRandom(),
                        java.time.InstantSource.system())
                .issue(TokenGrant.of("stranger", Duration.ofHours(1), Role.CLIENT));
    }

    private static String admin() {
        return ServerFixture.token(TokenGrant.of("boss", Duration.ofHours(1), Role.ADMIN));
    }

    private static String unsigned(String token) {
        return token.substring(0, token.lastIndexOf('.') + 1);
    }
}
