package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.server.authentication.TokenGrant;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.simulator.record.Seen;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What an operator sees of the keys of a whole server and does with them. */
@ResourceLock("metrics")
final class KeysApiIT {
    private static final String TARGET = ServerFixture.FLASH + ":generateContent";
    private static final String HELLO = "{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}]}";

    @Test
    void aDisabledKeyServesNobodyUntilItIsEnabled() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            assertEquals(
                    "Disabled", act(fixture, "/api/keys/alpha/disable").path("state").asText());
            for (int i = 0; i < 4; i++) {
                assertEquals(200, fixture.post(TARGET, HELLO).status());
            }
            assertFalse(fixture.keysSeen().contains("alpha"), fixture.keysSeen().toString());

            JsonNode enabled = act(fixture, "/api/keys/alpha/enable");

            assertEquals("Healthy", enabled.path("state").asText());
            assertTrue(enabled.path("next_step").isNull());
            JsonNode action =
                    fixture.audit().stream()
                            .filter(it -> it.path("event_type").asText().equals("AdminAction"))
                            .findFirst()
                            .orElseThrow();
            assertEquals("key.disable", action.path("action").asText());
            assertEquals("operator", action.path("actor").asText());
            assertEquals("Success", action.path("result").asText());
            assertEquals("alpha", action.path("target").asText());
        }
    }

    @Test
    void aKeyShowsWhatGoogleSaidHowFastItIsAndWhatItCost() throws Exception {
        try (ServerFixture fixture = ServerFixture.with().key("only", "p-one").start()) {
            assertEquals(200, fixture.post(TARGET, HELLO).status());
            fixture.simulator.script("key only: next 1 429 perday");
            assertEquals(429, fixture.post(TARGET, HELLO).status());

            JsonNode key = json(admin(fixture, "GET", "/api/keys/only"));

            JsonNode error = key.path("last_error");
            assertEquals("quota_requests_per_day", error.path("reason").asText());
            assertEquals("429 RESOURCE_EXHAUSTED", error.path("status").asText());
            assertTrue(
                    error.path("message").asText().startsWith("You exceeded your current quota"),
                    error::toString);
            assertTrue(error.path("message").asText().length() <= 200, error::toString);
            JsonNode model = key.at("/models/0");
            assertTrue(model.path("latency_ms").asDouble() > 0, model::toString);
            long spent =
                    StreamSupport.stream(model.path("limits").spliterator(), false)
                            .filter(it ->
                                    it.path("kind").asText().equals("microdollars_per_ten_minutes"))
                            .mapToLong(it -> it.path("used").asLong())
                            .sum();
            assertTrue(spent > 0, model::toString);
        }
    }

    @Test
    void aKeyThatWasMendedServesAgainAfterATest() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            fixture.simulator.script("key alpha: always 400 API_KEY_INVALID");
            fixture.post(TARGET, HELLO);
            JsonNode refused = act(fixture, "/api/keys/alpha/test");
            assertFalse(refused.path("works").asBoolean());
            assertEquals("api_key_invalid", refused.at("/steps/0/reason").asText());
            assertEquals("Invalid", refused.at("/key/state").asText());
            assertTrue(refused.at("/key/until").isNull());
            assertFalse(refused.at("/key/next_step").asText().isEmpty());

            fixture.simulator.clearScript();
            fixture.simulator.clearRecord();
            JsonNode mended = act(fixture, "/api/keys/alpha/test");

            assertTrue(mended.path("works").asBoolean(), mended.toString());
            assertEquals("Healthy", mended.at("/key/state").asText());
            assertEquals(
                    List.of("models_list", "count_tokens"),
                    StreamSupport.stream(mended.path("steps").spliterator(), false)
                            .map(step -> step.path("step").asText())
                            .toList());
            assertTrue(
                    fixture.simulator.record().stream()
                            .map(Seen::path)
                            .noneMatch(path -> path.contains("generateContent")));
        }
    }

    @Test
    void aRequestIsExplainedByWhatWasLentSkippedAndTried() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            act(fixture, "/api/keys/gamma/disable");
            fixture.simulator.script("key alpha: always 429 perday");
            Wire.Reply reply = fixture.post(TARGET, HELLO);
            assertEquals(200, reply.status());

            JsonNode why = explained(fixture, reply);

            assertEquals("Success", why.path("result").asText());
            assertEquals("tester", why.path("client").asText());
            assertEquals("gemini-2.5-flash", why.path("model").asText());
            assertEquals("alpha", why.at("/lendings/0/lent").asText());
            assertEquals("beta", why.at("/lendings/1/lent").asText());
            assertEquals(3, why.at("/lendings/1/candidates").asInt());
            assertEquals("alpha", why.at("/lendings/1/skipped/0/key_id").asText());
            assertEquals("already_tried", why.at("/lendings/1/skipped/0/reason").asText());
            assertTrue(
                    why.at("/lendings/1/skipped").toString().contains("disabled_by_operator"),
                    why.toString());
            assertEquals("quota_exceeded", why.at("/attempts/0/outcome").asText());
            assertEquals("quota_requests_per_day", why.at("/attempts/0/reason").asText());
            assertEquals("success", why.at("/attempts/1/outcome").asText());
        }
    }

    @Test
    void aRefusedRequestIsExplainedToo() throws Exception {
        try (ServerFixture fixture = ServerFixture.with().key("only", "p-one").start()) {
            act(fixture, "/api/keys/only/disable");
            Wire.Reply reply = fixture.post(TARGET, HELLO);
            assertEquals(503, reply.status());

            JsonNode why = explained(fixture, reply);

            assertTrue(why.at("/lendings/0/lent").isNull());
            assertEquals("no_usable_key", why.at("/lendings/0/refusal").asText());
            assertEquals("disabled_by_operator", why.at("/lendings/0/skipped/0/reason").asText());
            assertEquals(0, why.path("attempts").size());
        }
    }

    @Test
    void theApiNamesNoKeyAndNoHealthCallAsksGoogle() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            fixture.simulator.script("key alpha: always 403 leaked");
            fixture.post(TARGET, HELLO);
            int before = fixture.simulator.record().size();
            for (String path :
                    List.of("/health", "/health/ready", "/health/detailed", "/metrics")) {
                assertTrue(fixture.admin(path).whole());
            }
            assertEquals(before, fixture.simulator.record().size());
            String all = admin(fixture, "GET", "/api/keys").text();
            assertFalse(all.contains("AIza"), all);
            assertTrue(all.contains("\"reason\":\"api_key_leaked\""), all);
            String metrics = fixture.admin("/metrics").text();
            assertTrue(metrics.contains("gemini_proxy_circuit_breaker_state{key=\"beta\""));
        }
    }

    private static JsonNode explained(ServerFixture fixture, Wire.Reply reply) throws Exception {
        String id = reply.field("x-request-id").orElseThrow();
        ServerFixture.await(
                () -> {
                    try {
                        return admin(fixture, "GET", "/api/requests/" + id).status() == 200;
                    } catch (IOException failed) {
                        throw new AssertionError(failed);
                    }
                },
                ServerFixture.PATIENCE,
                "the request is explained");
        return json(admin(fixture, "GET", "/api/requests/" + id));
    }

    private static JsonNode act(ServerFixture fixture, String path) throws IOException {
        Wire.Reply reply = admin(fixture, "POST", path);
        assertEquals(200, reply.status(), reply::text);
        return json(reply);
    }

    private static JsonNode json(Wire.Reply reply) throws IOException {
        return new ObjectMapper().readTree(reply.body());
    }

    private static Wire.Reply admin(ServerFixture fixture, String method, String path)
            throws IOException {
        String token =
                ServerFixture.token(TokenGrant.of("operator", Duration.ofHours(1), Role.ADMIN));
        try (Wire wire = Wire.to(fixture.server.adminPort())) {
            wire.send(method, path, List.of("Authorization: Bearer " + token), new byte[0]);
            return wire.read();
        }
    }
}
