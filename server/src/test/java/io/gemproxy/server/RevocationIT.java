package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.authentication.TokenGrant;
import io.gemproxy.server.authentication.TokenInspection;
import io.gemproxy.server.authentication.clients.ClientKey;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.state.StateDamaged;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Taking back tokens, keys and secrets of a running server. */
@ResourceLock("metrics")
final class RevocationIT {
    private static final String TARGET = ServerFixture.FLASH + ":generateContent";
    private static final byte[] HELLO =
            "{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}]}".getBytes(StandardCharsets.UTF_8);
    private static final ClientKey KEY = made("a key to revoke", ClientKey.Kind.KEY);
    private static final ClientKey SECRET = made("a secret to revoke", ClientKey.Kind.OAUTH_SECRET);

    @TempDir private Path state;

    private static ClientKey made(String name, ClientKey.Kind kind) {
        ClientKey made = ClientKey.make(kind, new SecureRandom());
        Emissions.OF_THIS_RUN.secret(name, made.told());
        return made;
    }

    private ServerFixture server() throws Exception {
        return ServerFixture.with()
                .set("state.dir=" + state)
                .auth(
                        "  clients:\n    - name: ci\n      keys: [\""
                                + KEY.digest()
                                + "\"]\n      oauth_secrets: [\""
                                + SECRET.digest()
                                + "\"]\n")
                .start();
    }

    private static int status(ServerFixture fixture, String credential) throws Exception {
        return fixture.bare("POST", TARGET, HELLO, List.of("x-goog-api-key: " + credential))
                .status();
    }

    private static String jti(String token) {
        return TokenInspection.of(token, Instant.EPOCH)
                .flatMap(TokenInspection::tokenId)
                .orElseThrow();
    }

    @Test
    void aRevokedTokenIsRefusedAtOnceAlthoughItWasRemembered() throws Exception {
        String one = ServerFixture.token("ci");
        String two = ServerFixture.token("ci");
        try (ServerFixture fixture = server()) {
            assertEquals(200, status(fixture, one));
            Wire.Reply done =
                    fixture.act("POST /api/tokens/revoke", "{\"jti\":\"" + jti(one) + "\"}");
            assertEquals(200, done.status(), done.text());
            assertEquals(401, status(fixture, one));
            assertEquals(200, status(fixture, two));
            JsonNode record =
                    fixture.audit().stream()
                            .filter(it -> it.path("event_type").asText().equals("TokenRevoked"))
                            .findFirst()
                            .orElseThrow();
            assertEquals(jti(one), record.path("jti").asText());
            assertEquals("operator", record.path("actor").asText());
        }
        try (ServerFixture fixture = server()) {
            assertEquals(401, status(fixture, one), "after a restart too");
            assertEquals(200, status(fixture, two));
            JsonNode listed = ServerFixture.json(fixture.act("GET /api/tokens/revoked", ""));
            assertEquals(jti(one), listed.at("/revocations/0/jti").asText());
        }
    }

    @Test
    void aRevokedClientLosesItsTokensItsKeysAndItsSecrets() throws Exception {
        String token = ServerFixture.token("ci");
        try (ServerFixture fixture = server()) {
            assertEquals(200, status(fixture, KEY.told()));
            Wire.Reply done = fixture.act("POST /api/tokens/revoke", "{\"subject\":\"ci\"}");
            assertEquals(2, ServerFixture.json(done).path("credentials").asInt());
            assertEquals(401, status(fixture, token));
            assertEquals(401, status(fixture, KEY.told()));
            Wire.Reply oauth =
                    fixture.bare(
                            "POST",
                            "/oauth/token",
                            ("grant_type=client_credentials&client_id=ci&client_secret="
                                            + SECRET.told())
                                    .getBytes(StandardCharsets.UTF_8),
                            List.of("Content-Type: application/x-www-form-urlencoded"));
            assertEquals(401, oauth.status());
            assertEquals(200, status(fixture, fixture.token()), "another client is not concerned");
        }
    }

    @Test
    void theAddressOfAnUploadFallsWithTheClientThatStartedIt() throws Exception {
        try (ServerFixture fixture = server()) {
            Wire.Reply started =
                    fixture.bare(
                            "POST",
                            "/upload/v1beta/files",
                            "{\"file\":{\"displayName\":\"a\"}}".getBytes(StandardCharsets.UTF_8),
                            List.of(
                                    "x-goog-api-key: " + KEY.told(),
                                    "x-goog-upload-protocol: resumable",
                                    "x-goog-upload-command: start",
                                    "x-goog-upload-header-content-length: 9"));
            String address = started.field("x-goog-upload-url").orElseThrow();
            String target = address.substring(address.indexOf("/upload"));
            List<String> query = List.of("x-goog-upload-command: query");
            assertEquals(200, fixture.bare("POST", target, new byte[0], query).status());
            fixture.act("POST /api/tokens/revoke", "{\"subject\":\"ci\"}");
            assertEquals(401, fixture.bare("POST", target, new byte[0], query).status());
        }
    }

    @Test
    void everybodysOldTokensFallAtOnceThoseOfAdminsToo() throws Exception {
        String token = ServerFixture.token("ci");
        String admin = ServerFixture.token(TokenGrant.of("root", Duration.ofHours(1), Role.ADMIN));
        try (ServerFixture fixture = server();
                Wire wire = Wire.to(fixture.server.adminPort())) {
            String now = Instant.now().plusMillis(900).toString();
            assertEquals(
                    200,
                    fixture.act("POST /api/tokens/revoke", "{\"issued_before\":\"" + now + "\"}")
                            .status());
            assertEquals(401, status(fixture, token));
            assertEquals(200, status(fixture, KEY.told()), "a key has no time of issue");
            wire.send(
                    "GET",
                    "/api/tokens/revoked",
                    List.of("Authorization: Bearer " + admin),
                    new byte[0]);
            assertEquals(401, wire.read().status());
        }
    }

    @Test
    void aTokenIsMintedForTheAskingAndRecorded() throws Exception {
        try (ServerFixture fixture = server()) {
            Wire.Reply reply =
                    fixture.act(
                            "POST /api/tokens",
                            "{\"subject\":\"app\",\"ttl\":\"1h\",\"operations\":[\"embed\"]}");
            assertEquals(200, reply.status(), reply.text());
            String token = ServerFixture.json(reply).path("token").asText();
            assertEquals(403, status(fixture, token), "only embed");
            JsonNode record =
                    fixture.audit().stream()
                            .filter(it -> it.path("event_type").asText().equals("TokenIssued"))
                            .findFirst()
                            .orElseThrow();
            assertEquals("app", record.path("subject").asText());
            assertEquals(400, fixture.act("POST /api/tokens", "{\"sub\":\"app\"}").status());
        }
    }

    @Test
    void whatWasDoneWhileNoServerRanIsRecordedOnceByTheNext() throws Exception {
        OfflineActions offline = new OfflineActions(state, InstantSource.system());
        String subject = "ci";
        offline.noting(OfflineActions.REVOKE, "root", Map.of("subject", subject), () -> "done");
        assertThrows(
                IllegalStateException.class,
                () ->
                        offline.noting(
                                "token.keys.rotate",
                                "root",
                                Map.of(),
                                () -> {
                                    throw new IllegalStateException("not done");
                                }));
        try (ServerFixture fixture = server()) {
            List<JsonNode> told = fixture.audit().stream().filter(it -> it.has("done_at")).toList();
            assertEquals(1, told.size(), told.toString());
            JsonNode record = told.getFirst();
            assertEquals("TokenRevoked", record.path("event_type").asText());
            assertEquals("token.revoke", record.path("action").asText());
            assertEquals(subject, record.path("subject").asText());
            assertEquals("gemproxy-cli", record.path("actor").asText());
            assertEquals("root", record.path("by").asText());
        }
        try (ServerFixture fixture = server()) {
            assertTrue(fixture.audit().stream().noneMatch(it -> it.has("done_at")), "once");
        }
    }

    @Test
    void nothingIsServedOnADamagedList() throws Exception {
        try (ServerFixture fixture = server()) {
            fixture.act("POST /api/tokens/revoke", "{\"subject\":\"ci\"}");
        }
        Path list = state.resolve("revocations.json");
        String whole = Files.readString(list);
        Files.writeString(list, whole.replace("\"ci\"", "\"xy\""));
        assertThrows(StateDamaged.class, this::server);
        Files.writeString(list, whole);
        server().close();
        assertTrue(Files.exists(list));
    }
}
