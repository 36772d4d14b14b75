package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.authentication.clients.ClientKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** {@code POST /oauth/token} through a whole server. */
@ResourceLock("metrics")
final class OAuthTokenIT {
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
    private static final String GRANT = "grant_type=client_credentials";
    private static final String HELLO = "{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}]}";
    private static final Set<String> TERMINAL = Set.of("ApiCall", "AuthFailure", "RateLimited");
    private static final ClientKey SECRET = secret("the OAuth secret");
    private static final ClientKey OTHER = secret("another OAuth secret");

    private static ClientKey secret(String name) {
        ClientKey made = ClientKey.make(ClientKey.Kind.OAUTH_SECRET, new SecureRandom());
        Emissions.OF_THIS_RUN.secret(name, made.told());
        return made;
    }

    private static ServerFixture server() throws Exception {
        return builder().start();
    }

    private static FixtureBuilder builder() {
        return ServerFixture.with()
                .auth(
                        "  clients:\n    - name: ci\n      operations: [generate, embed]\n"
                                + "      oauth_secrets: [\""
                                + SECRET.digest()
                                + "\"]\n    - name: cd\n      oauth_secrets: [\""
                                + OTHER.digest()
                                + "\"]\n");
    }

    private static Wire.Reply ask(ServerFixture fixture, String form, String... fields)
            throws Exception {
        List<String> all = new ArrayList<>(List.of(FORM));
        all.addAll(List.of(fields));
        return fixture.bare("POST", "/oauth/token", form.getBytes(StandardCharsets.UTF_8), all);
    }

    private static String basic(String id, ClientKey secret) {
        String pair = id + ":" + secret.told();
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
    }

    private static String inForm(String id, ClientKey secret) {
        return GRANT + "&client_id=" + id + "&client_secret=" + secret.told();
    }

    @Test
    void aSecretBuysATokenOfShortLife() throws Exception {
        try (ServerFixture fixture = server()) {
            for (Wire.Reply reply :
                    List.of(
                            ask(fixture, GRANT, basic("ci", SECRET)),
                            ask(fixture, inForm("ci", SECRET)))) {
                assertEquals(200, reply.status(), reply.text());
                assertEquals("no-store", reply.field("cache-control").orElseThrow());
                assertEquals("application/json", reply.field("content-type").orElseThrow());
                JsonNode answer = ServerFixture.json(reply);
                assertEquals("Bearer", answer.path("token_type").asText());
                assertEquals(900, answer.path("expires_in").asInt());
                String token = answer.path("access_token").asText();
                Wire.Reply used =
                        fixture.bare(
                                "POST",
                                ServerFixture.FLASH + ":generateContent",
                                HELLO.getBytes(StandardCharsets.UTF_8),
                                List.of("Authorization: Bearer " + token));
                assertEquals(200, used.status(), used.text());
                assertEquals("ci", fixture.auditOf(used).path("actor").asText());
                List<JsonNode> records = fixture.recordsOf(reply, 2);
                JsonNode issued = records.getFirst();
                assertEquals("TokenIssued", issued.path("event_type").asText());
                assertEquals("ci", issued.path("actor").asText());
                assertFalse(issued.path("jti").asText().isEmpty());
                JsonNode call = records.getLast();
                assertEquals("ApiCall", call.path("event_type").asText());
                assertEquals("ci", call.path("actor").asText());
                assertEquals("Success", call.path("result").asText());
                assertEquals("oauth_token", call.path("operation").asText());
                assertEquals(200, call.path("status").asInt());
                assertEquals(reply.body().length, call.path("bytes_out").asInt());
                assertFalse(records.toString().contains(token));
            }
        }
    }

    @Test
    void aTokenIsARequestAndNoCallOfTheApi() throws Exception {
        try (ServerFixture fixture = server()) {
            fixture.recordsOf(ask(fixture, inForm("ci", SECRET)), 2);
            fixture.auditOf(ask(fixture, inForm("ci", OTHER)));
            String metrics = fixture.admin("/metrics").text();
            assertEquals(1, samples(metrics, "operation=\"oauth_token\"", "status=\"200\""));
            assertEquals(1, samples(metrics, "operation=\"oauth_token\"", "status=\"401\""));
            JsonNode minute = fixture.adminJson("/performance").path("windows").path(0);
            assertEquals(0, minute.path("requests").asInt(-1), minute.toString());
            JsonNode failed = fixture.adminJson("/errors").path("recent");
            assertEquals(1, failed.size(), failed.toString());
            assertEquals("oauth_token", failed.path(0).path("operation").asText());
        }
    }

    private static long samples(String metrics, String... labels) {
        return metrics.lines()
                .filter(line -> line.startsWith("gemini_proxy_requests_total{"))
                .filter(line -> List.of(labels).stream().allMatch(line::contains))
                .count();
    }

    @Test
    void everyAnswerLeavesExactlyOneTerminalRecord() throws Exception {
        try (ServerFixture fixture = server()) {
            List<Wire.Reply> replies =
                    List.of(
                            ask(fixture, inForm("ci", SECRET)),
                            ask(fixture, inForm("ci", OTHER)),
                            ask(fixture, GRANT),
                            ask(fixture, "grant_type=password"),
                            ask(fixture, "a=" + "b".repeat(9_000)),
                            fixture.bare("GET", "/oauth/token", new byte[0], List.of()),
                            fixture.bare("POST", "/health", new byte[0], List.of()),
                            fixture.bare("GET", "/oauth/other", new byte[0], List.of()),
                            fixture.get("/v1beta/models"));
            for (Wire.Reply reply : replies) {
                int events = reply.status() == 200 && reply.text().contains("access_token") ? 1 : 0;
                List<JsonNode> records = fixture.recordsOf(reply, 1 + events);
                long terminal =
                        records.stream()
                                .map(it -> it.path("event_type").asText())
                                .filter(TERMINAL::contains)
                                .count();
                assertEquals(1, terminal, reply.status() + ": " + records);
                assertEquals(reply.status(), records.getLast().path("status").asInt());
            }
            int before = fixture.requests().size();
            assertEquals(200, fixture.bare("GET", "/health", new byte[0], List.of()).status());
            fixture.auditOf(fixture.get("/v1beta/models"));
            assertEquals(before + 1, fixture.requests().size(), "health checks are not recorded");
        }
    }

    @Test
    void aScopeNarrowsTheTokenAndMayNotWidenIt() throws Exception {
        try (ServerFixture fixture = server()) {
            Wire.Reply narrow =
                    ask(
                            fixture,
                            inForm("ci", SECRET)
                                    + "&scope=operation:generate+model:gemini-2.5-pro");
            JsonNode answer = ServerFixture.json(narrow);
            assertEquals("operation:generate model:gemini-2.5-pro", answer.path("scope").asText());
            Wire.Reply flash =
                    fixture.bare(
                            "POST",
                            ServerFixture.FLASH + ":generateContent",
                            HELLO.getBytes(StandardCharsets.UTF_8),
                            List.of("x-goog-api-key: " + answer.path("access_token").asText()));
            assertEquals(403, flash.status());
            Wire.Reply wide = ask(fixture, inForm("ci", SECRET) + "&scope=operation:files");
            assertEquals(400, wide.status());
            assertEquals("invalid_scope", ServerFixture.json(wide).path("error").asText());
        }
    }

    @Test
    void refusalsSpeakTheWordsOfTheStandard() throws Exception {
        try (ServerFixture fixture = server()) {
            Wire.Reply wrong = ask(fixture, inForm("ci", OTHER));
            Wire.Reply nobody = ask(fixture, inForm("xx", SECRET));
            Wire.Reply absent = ask(fixture, GRANT);
            for (Wire.Reply reply : List.of(wrong, nobody, absent)) {
                assertEquals(401, reply.status());
                assertEquals("invalid_client", ServerFixture.json(reply).path("error").asText());
                assertEquals(wrong.text(), reply.text(), "all look alike");
                assertTrue(reply.field("www-authenticate").orElseThrow().startsWith("Basic"));
                assertEquals("no-store", reply.field("cache-control").orElseThrow());
                JsonNode record = fixture.auditOf(reply);
                assertEquals("AuthFailure", record.path("event_type").asText());
                assertEquals("/oauth/token", record.path("path").asText());
            }
            assertEquals("unsupported_grant_type", error(ask(fixture, "grant_type=password")));
            assertEquals("invalid_request", error(ask(fixture, GRANT + "&" + GRANT)));
            assertEquals(
                    400,
                    fixture.bare(
                                    "POST",
                                    "/oauth/token?" + inForm("ci", SECRET),
                                    new byte[0],
                                    List.of(FORM))
                            .status());
            Wire.Reply get = fixture.bare("GET", "/oauth/token", new byte[0], List.of());
            assertEquals(405, get.status());
            assertEquals(Optional.of("POST"), get.field("allow"));
            assertEquals(413, ask(fixture, "a=" + "b".repeat(9_000)).status());
        }
    }

    private static String error(Wire.Reply reply) throws Exception {
        assertEquals(400, reply.status(), reply.text());
        return ServerFixture.json(reply).path("error").asText();
    }

    @Test
    void anAddressThatGuessesMustWait() throws Exception {
        try (ServerFixture fixture = server()) {
            for (int i = 0; i < 10; i++) {
                assertEquals(401, ask(fixture, inForm("ci", OTHER)).status());
            }
            Wire.Reply waiting = ask(fixture, inForm("ci", SECRET));
            assertEquals(429, waiting.status());
            int wait = Integer.parseInt(waiting.field("retry-after").orElseThrow());
            assertTrue(wait > 0 && wait <= 60, "" + wait);
            JsonNode record = fixture.auditOf(waiting);
            assertEquals("RateLimited", record.path("event_type").asText());
            assertEquals("address-failures", record.path("policy").asText());
            assertEquals("address_auth_failures", record.path("error_reason").asText());
            assertTrue(fixture.admin("/metrics").text().contains("policy=\"address-failures\""));
            fixture.advance(Duration.ofSeconds(wait));
            assertEquals(200, ask(fixture, inForm("ci", SECRET)).status());
        }
    }

    @Test
    void theLimitsOfAnAddressHoldHereToo() throws Exception {
        try (ServerFixture fixture =
                builder()
                        .set("limits.address.requests_per_minute=3")
                        .set("limits.address.auth_failures_per_minute=2")
                        .start()) {
            assertEquals(200, ask(fixture, inForm("ci", SECRET)).status());
            assertEquals(401, ask(fixture, inForm("ci", OTHER)).status());
            assertEquals(401, ask(fixture, inForm("ci", OTHER)).status());
            Wire.Reply wrong = ask(fixture, inForm("ci", SECRET));
            assertEquals(429, wrong.status());
            assertEquals(
                    "temporarily_unavailable",
                    ServerFixture.json(wrong).path("error").asText(),
                    wrong.text());
            assertTrue(wrong.field("retry-after").isPresent());
            assertEquals(429, fixture.get("/v1beta/models").status(), "one count for both");
            assertEquals("RateLimited", fixture.auditOf(wrong).path("event_type").asText());
        }
        try (ServerFixture fixture =
                builder().set("limits.address.requests_per_minute=2").start()) {
            assertEquals(200, ask(fixture, inForm("ci", SECRET)).status());
            assertEquals(200, ask(fixture, inForm("ci", SECRET)).status());
            assertEquals(429, ask(fixture, inForm("ci", SECRET)).status());
        }
    }

    @Test
    void aClientThatLeavesInTheMiddleIsRecorded() throws Exception {
        try (ServerFixture fixture = server()) {
            try (Wire wire = fixture.connect()) {
                wire.raw(
                        "POST /oauth/token HTTP/1.1\r\nHost: localhost\r\n"
                                + FORM
                                + "\r\nx-request-id: left\r\nContent-Length: 99\r\n\r\ngrant");
            }
            JsonNode record = fixture.auditOfClientId("left");
            assertEquals("Aborted", record.path("result").asText(), record.toString());
        }
    }

    @Test
    void thePathIsUnknownWhereNoClientHasASecret() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            Wire.Reply reply = ask(fixture, inForm("ci", SECRET));
            assertEquals(404, reply.status());
            assertTrue(reply.text().contains("PATH_UNKNOWN"), reply.text());
        }
    }
}
