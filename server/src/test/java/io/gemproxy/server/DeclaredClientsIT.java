package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.authentication.TokenGrant;
import io.gemproxy.server.authentication.clients.ClientKey;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.gemini.OperationGroup;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Static keys, and what a client may do, through a whole server. */
@ResourceLock("metrics")
final class DeclaredClientsIT {
    private static final byte[] HELLO =
            "{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}]}".getBytes(StandardCharsets.UTF_8);
    private static final String FLASH = ServerFixture.FLASH + ":generateContent";
    private static final String PRO = "/v1beta/models/gemini-2.5-pro:generateContent";
    private static final String EMBED = "/v1beta/models/gemini-embedding-001:embedContent";
    private static final ClientKey KEY = key("the static key");
    private static final ClientKey OTHER = key("a static key of nobody");

    private static ClientKey key(String name) {
        ClientKey made = ClientKey.make(ClientKey.Kind.KEY, new SecureRandom());
        Emissions.OF_THIS_RUN.secret(name, made.told());
        return made;
    }

    private static ServerFixture server(String more) throws Exception {
        return ServerFixture.with()
                .auth("  clients:\n    - name: ci\n      keys: [\"" + KEY.digest() + "\"]\n" + more)
                .start();
    }

    private static Wire.Reply call(ServerFixture fixture, String target, String credential)
            throws Exception {
        return fixture.bare("POST", target, HELLO, List.of("x-goog-api-key: " + credential));
    }

    @Test
    void aStaticKeyStandsWhereATokenMayStand() throws Exception {
        try (ServerFixture fixture = server("")) {
            String key = KEY.told();
            Wire.Reply first = call(fixture, FLASH, key);
            assertEquals(200, first.status(), first.text());
            assertEquals("ci", fixture.auditOf(first).path("actor").asText());
            List<String> bearer = List.of("Authorization: Bearer " + key);
            assertEquals(200, fixture.bare("POST", FLASH, HELLO, bearer).status());
            assertEquals(
                    200, fixture.bare("POST", FLASH + "?key=" + key, HELLO, List.of()).status());
            assertTrue(fixture.keysSeen().stream().noneMatch(key::equals));
        }
    }

    @Test
    void allRefusalsLookAlikeAndTheAuditLogTellsThemApart() throws Exception {
        try (ServerFixture fixture = server("")) {
            String typo = KEY.told().substring(0, 51) + (KEY.told().endsWith("0") ? "1" : "0");
            Wire.Reply unknown = call(fixture, FLASH, OTHER.told());
            Wire.Reply malformed = call(fixture, FLASH, typo);
            Wire.Reply token = call(fixture, FLASH, "no.good.token");
            assertEquals(401, unknown.status());
            assertEquals(withoutId(token), withoutId(unknown));
            assertEquals(withoutId(token), withoutId(malformed));
            assertEquals("client_key_unknown", reason(fixture, unknown));
            assertEquals("client_key_malformed", reason(fixture, malformed));
            assertEquals("AuthFailure", fixture.auditOf(unknown).path("event_type").asText());
        }
    }

    private static String withoutId(Wire.Reply reply) {
        return reply.status() + reply.text().replace(reply.requestId(), "");
    }

    private static String reason(ServerFixture fixture, Wire.Reply reply) throws Exception {
        return fixture.auditOf(reply).path("error_reason").asText();
    }

    @Test
    void aStaticKeyOpensNothingOnTheAdminPort() throws Exception {
        try (ServerFixture fixture = server("");
                Wire wire = Wire.to(fixture.server.adminPort())) {
            wire.send(
                    "GET",
                    "/api/status",
                    List.of("Authorization: Bearer " + KEY.told()),
                    new byte[0]);
            assertEquals(401, wire.read().status());
        }
    }

    @Test
    void aKeysModelsAndOperationsAreThoseOfItsClient() throws Exception {
        try (ServerFixture fixture =
                server("      models: [\"gemini-2.5-flash*\"]\n      operations: [generate]\n")) {
            assertEquals(200, call(fixture, FLASH, KEY.told()).status());
            Wire.Reply pro = call(fixture, PRO, KEY.told());
            assertEquals(403, pro.status());
            assertTrue(pro.text().contains("It may call: gemini-2.5-flash*."), pro.text());
            Wire.Reply embed = call(fixture, EMBED, KEY.told());
            assertEquals(403, embed.status());
            assertTrue(embed.text().contains("OPERATION_NOT_ALLOWED"), embed.text());
            assertTrue(embed.text().contains("It may ask for: generate."), embed.text());
            Wire.Reply openai =
                    fixture.bare(
                            "POST",
                            "/v1beta/openai/chat/completions",
                            "{\"model\":\"gemini-2.5-pro\",\"messages\":[]}"
                                    .getBytes(StandardCharsets.UTF_8),
                            List.of("Authorization: Bearer " + KEY.told()));
            assertEquals(403, openai.status(), openai.text());
            Wire.Reply list =
                    fixture.bare(
                            "GET",
                            "/v1beta/models",
                            new byte[0],
                            List.of("x-goog-api-key: " + KEY.told()));
            assertEquals(200, list.status(), "the list of models is for all");
        }
    }

    @Test
    void aBatchWhoseFileNamesTheModelsIsNotForThoseWhoMayCallSomeOnly() throws Exception {
        byte[] batch =
                "{\"input_file_id\":\"file-a\",\"endpoint\":\"/v1/chat/completions\",\"completion_window\":\"24h\"}"
                        .getBytes(StandardCharsets.UTF_8);
        List<String> key = List.of("Authorization: Bearer " + KEY.told());
        try (ServerFixture fixture = server("      models: [\"gemini-2.5-flash*\"]\n")) {
            Wire.Reply made = fixture.bare("POST", "/v1beta/openai/batches", batch, key);
            assertEquals(403, made.status(), made.text());
            assertTrue(made.text().contains("batchGenerateContent"), made.text());
            Wire.Reply listed = fixture.bare("GET", "/v1beta/openai/batches", new byte[0], key);
            assertEquals(200, listed.status(), listed.text());
        }
    }

    @Test
    void aTokenAndTheDeclarationMustBothAllow() throws Exception {
        try (ServerFixture fixture =
                server("      models: [\"gemini-2.5-*\"]\n      operations: [generate, files]\n")) {
            String flashOnly = token(List.of("*-flash"), Set.of());
            assertEquals(200, call(fixture, FLASH, flashOnly).status());
            assertEquals(403, call(fixture, PRO, flashOnly).status());
            String wide = token(List.of("*"), Set.of());
            assertEquals(200, call(fixture, PRO, wide).status());
            assertEquals(
                    403,
                    call(fixture, "/v1beta/models/gemini-3-pro:generateContent", wide).status());
            String embedding = token(List.of(), Set.of(OperationGroup.EMBED));
            assertEquals(403, call(fixture, FLASH, embedding).status());
            assertEquals(403, call(fixture, EMBED, embedding).status(), "nothing is common");
            assertFalse(fixture.simulator.record().isEmpty());
        }
    }

    private static String token(List<String> models, Set<OperationGroup> operations) {
        return ServerFixture.token(
                TokenGrant.of("ci", Duration.ofHours(1), Role.CLIENT)
                        .forModels(models)
                        .forOperations(operations));
    }

    @Test
    void theLowerOfTwoLimitsHolds() throws Exception {
        try (ServerFixture fixture = server("      limits: {requests_per_minute: 2}\n")) {
            String generous =
                    ServerFixture.token(
                            new TokenGrant(
                                    "ci",
                                    Duration.ofHours(1),
                                    Role.CLIENT,
                                    List.of(),
                                    java.util.OptionalInt.of(100),
                                    java.util.OptionalLong.empty(),
                                    java.util.OptionalLong.empty(),
                                    java.util.OptionalLong.empty(),
                                    java.util.Optional.empty()));
            assertEquals(200, call(fixture, FLASH, generous).status());
            assertEquals(200, call(fixture, FLASH, KEY.told()).status());
            assertEquals(429, call(fixture, FLASH, generous).status());
            assertEquals(
                    200, fixture.post(FLASH, new String(HELLO, StandardCharsets.UTF_8)).status());
        }
    }
}
