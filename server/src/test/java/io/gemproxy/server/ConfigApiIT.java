package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.authentication.TokenGrant;
import io.gemproxy.server.exchange.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Admins change the configuration of a whole server while it runs. */
@ResourceLock("metrics")
final class ConfigApiIT {
    private static final String TARGET = ServerFixture.FLASH + ":generateContent";
    private static final String HELLO = "{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}]}";

    @Test
    void aChangeTakesEffectAtOnceAndARollbackRestoresByteForByte() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            byte[] before = Files.readAllBytes(fixture.config.path());
            Wire.Reply read = admin(fixture, "GET /api/config", "", "");
            ObjectNode config = (ObjectNode) ServerFixture.json(read);
            String version = tag(read).replace("\"", "");
            config.withObjectProperty("auth").put("rate_limit_per_minute", 1);

            Wire.Reply put =
                    admin(fixture, "PUT /api/config?reason=a%20test", tag(read), config.toString());

            assertEquals(200, put.status(), put::text);
            assertEquals(List.of("auth.rate_limit_per_minute"), texts(put, "changed"), put::text);
            assertTrue(fixture.config.text().contains("  rate_limit_per_minute: 1\n"));
            assertEquals(200, fixture.post(TARGET, HELLO).status());
            assertEquals(429, fixture.post(TARGET, HELLO).status());

            Wire.Reply history = admin(fixture, "GET /api/config/history", "", "");
            JsonNode newest = ServerFixture.json(history).at("/versions/0");
            assertEquals("write", newest.path("trigger").asText());
            assertEquals("operator", newest.path("actor").asText());
            assertEquals("a test", newest.path("reason").asText());
            assertTrue(newest.path("running").asBoolean());

            Wire.Reply back =
                    admin(fixture, "POST /api/config/history/" + version + "/rollback", "", "");

            assertEquals(200, back.status(), back::text);
            assertArrayEquals(before, Files.readAllBytes(fixture.config.path()));
            assertEquals(200, fixture.post(TARGET, HELLO).status());
            assertEquals(version, tag(admin(fixture, "GET /api/config", "", "")).replace("\"", ""));
            Wire.Reply all = admin(fixture, "GET /api/config/history", "", "");
            List<Boolean> running = new ArrayList<>();
            ServerFixture.json(all)
                    .path("versions")
                    .forEach(it -> running.add(it.path("running").asBoolean()));
            assertEquals(List.of(true, false, false), running, all::text);
            List<String> actions = new ArrayList<>();
            for (JsonNode record : fixture.audit()) {
                if (record.path("event_type").asText().equals("AdminAction")) {
                    actions.add(record.path("action").asText());
                    assertFalse(record.path("version").asText().isEmpty(), record::toString);
                }
            }
            assertEquals(List.of("config.put", "config.rollback"), actions);
        }
    }

    @Test
    void aFileThatIsNoYamlIsNotShownAsEmptyAndReplacedByAWholeOne() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            String before = fixture.config.text();
            Files.writeString(fixture.config.path(), "server: [\n");
            Wire.Reply shown = admin(fixture, "GET /api/config", "", "");
            assertEquals(409, shown.status(), shown::text);
            assertFalse(shown.field("ETag").isPresent());
            Wire.Reply vain = admin(fixture, "GET /api/config/diff?against=file", "", "");
            assertEquals(409, vain.status(), vain::text);
            assertEquals(200, admin(fixture, "PUT /api/config", "*", before).status());
            assertEquals(200, admin(fixture, "GET /api/config", "", "").status());
        }
    }

    @Test
    void ofTwoAdminsTheSecondIsToldThatTheFirstWasThere() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            Wire.Reply read = admin(fixture, "GET /api/config", "", "");
            ObjectNode first = (ObjectNode) ServerFixture.json(read);
            ObjectNode second = first.deepCopy();
            first.withObjectProperty("auth").put("rate_limit_per_minute", 100);
            second.withObjectProperty("auth").put("rate_limit_per_minute", 200);

            Wire.Reply won = admin(fixture, "PUT /api/config", tag(read), first.toString());
            Wire.Reply late = admin(fixture, "PUT /api/config", tag(read), second.toString());

            assertEquals(200, won.status(), won::text);
            assertEquals(412, late.status(), late::text);
            JsonNode problem = ServerFixture.json(late);
            assertEquals("urn:gemproxy:problem:stale", problem.path("type").asText());
            assertTrue(problem.path("detail").asText().startsWith("Somebody else has changed"));
            assertEquals(tag(won), tag(late));
            assertTrue(fixture.config.text().contains("rate_limit_per_minute: 100\n"));
        }
    }

    @Test
    void whatCannotBeIsToldWithItsPlaceAndChangesNothing() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            String before = fixture.config.text();
            Wire.Reply bad = admin(fixture, "PUT /api/config", "*", "server: {prot: 1}\n");
            assertEquals(422, bad.status(), bad::text);
            assertTrue(bad.text().contains("\"key\":\"server.prot\""), bad::text);
            assertTrue(bad.text().contains("\"source\":\"e2e.yaml\""), bad::text);
            assertEquals(before, fixture.config.text());
            assertEquals(428, admin(fixture, "PUT /api/config", "", "{}").status());
            assertEquals(200, fixture.post(TARGET, HELLO).status());
        }
    }

    @Test
    void aKeyIsAddedWeighedAndRemovedWhileRequestsRun() throws Exception {
        try (ServerFixture fixture = ServerFixture.with().key("alpha", "p-one").start()) {
            String delta = ServerFixture.keyOf("delta");
            String body = "{\"id\":\"delta\",\"key\":\"" + delta + "\",\"project\":\"p-two\"}";
            Wire.Reply added = admin(fixture, "POST /api/keys", "", body);
            assertEquals(201, added.status(), added::text);
            assertEquals("/api/keys/delta", added.field("Location").orElseThrow());
            assertFalse(added.text().contains(delta));
            assertEquals(409, admin(fixture, "POST /api/keys", "", body).status());

            Wire.Reply changed =
                    admin(fixture, "PATCH /api/keys/delta", tag(added), "{\"weight\":7}");
            assertEquals(200, changed.status(), changed::text);
            Wire.Reply shown = admin(fixture, "GET /api/keys/delta", "", "");
            assertEquals(7, ServerFixture.json(shown).path("weight").asInt());
            assertTrue(fixture.config.text().contains(delta));

            Wire.Reply late = admin(fixture, "DELETE /api/keys/alpha", tag(added), "");
            assertEquals(412, late.status());
            Wire.Reply removed = admin(fixture, "DELETE /api/keys/delta", tag(shown), "");
            assertEquals(200, removed.status(), removed::text);
            assertFalse(fixture.config.text().contains(delta));
            assertEquals(409, admin(fixture, "DELETE /api/keys/alpha", "*", "").status());
            Wire.Reply none = admin(fixture, "DELETE /api/keys/alpha?force=true", "*", "");
            assertEquals(422, none.status(), none::text);
            assertEquals(200, fixture.post(TARGET, HELLO).status());
        }
    }

    @Test
    void whereItIsForbiddenTheAnswerNamesWhatAllowsIt() throws Exception {
        try (ServerFixture fixture =
                ServerFixture.with().set("admin.config_writes=false").start()) {
            String before = fixture.config.text();
            for (String what :
                    List.of(
                            "PUT /api/config",
                            "POST /api/keys",
                            "PATCH /api/keys/alpha",
                            "DELETE /api/keys/alpha",
                            "POST /api/config/history/x/rollback")) {
                Wire.Reply refused = admin(fixture, what, "*", "{}");
                assertEquals(403, refused.status(), what);
                JsonNode problem = ServerFixture.json(refused);
                assertEquals(
                        "urn:gemproxy:problem:writes_forbidden", problem.path("type").asText());
                assertTrue(problem.path("detail").asText().contains("config-writes.conf"), what);
            }
            assertEquals(before, fixture.config.text());
            assertEquals(200, admin(fixture, "GET /api/config", "", "").status());
            Wire.Reply night =
                    admin(
                            fixture,
                            "PUT /api/weights/presets/night",
                            "",
                            "{\"weights\":{\"alpha\":7}}");
            assertEquals(200, night.status(), night::text);
            assertEquals(
                    200,
                    admin(fixture, "POST /api/weights/apply", "", "{\"preset_name\":\"night\"}")
                            .status());
            assertEquals(7, weight(fixture));
            assertEquals(200, admin(fixture, "POST /api/weights/rollback", "", "").status());
            assertEquals(100, weight(fixture));
        }
    }

    @Test
    void noSecretIsShownAndEveryCopyIsForItsOwnerAlone() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            Wire.Reply read = admin(fixture, "GET /api/config", "", "");
            ObjectNode config = (ObjectNode) ServerFixture.json(read);
            config.withObjectProperty("auth").put("rate_limit_per_minute", 9);
            assertEquals(
                    200, admin(fixture, "PUT /api/config", tag(read), config.toString()).status());
            String version = tag(read).replace("\"", "");
            for (String path :
                    List.of(
                            "/api/config",
                            "/api/config/history",
                            "/api/config/diff",
                            "/api/config/running",
                            "/api/config/history/" + version + "/diff",
                            "/api/config/history/" + version)) {
                Wire.Reply shown = admin(fixture, "GET " + path, "", "");
                assertEquals(200, shown.status(), path);
                Emissions.OF_THIS_RUN.emitted("the answer of " + path, shown.text());
            }
            Path directory = fixture.config.path().getParent();
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    if (Files.readString(file, StandardCharsets.ISO_8859_1)
                            .contains(ServerFixture.SECRET)) {
                        assertFalse(Files.getPosixFilePermissions(file).size() > 2, file::toString);
                    }
                }
            }
        }
    }

    @Test
    void whatRunsIsToldApartFromWhatIsOnDisk() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            String first = tag(admin(fixture, "GET /api/config", "", "")).replace("\"", "");
            fixture.config.reload(
                    fixture.server,
                    yaml ->
                            yaml.replace("server:\n", "server:\n  max_connections: 77\n")
                                    .replace("auth:\n", "auth:\n  rate_limit_per_minute: 9\n"));

            JsonNode running = json(fixture, "GET /api/config/running");
            assertTrue(running.at("/values/server/max_connections").isMissingNode());
            assertEquals(9, running.at("/values/auth/rate_limit_per_minute").asInt());
            assertEquals("same", running.at("/on_disk/state").asText());
            assertEquals(
                    List.of("server.max_connections restart"),
                    effects(json(fixture, "GET /api/config/diff")));
            assertEquals(
                    List.of("auth.rate_limit_per_minute reload"),
                    effects(json(fixture, "GET /api/config/history/" + first + "/diff")));
            assertEquals(List.of(), effects(json(fixture, "GET /api/config/diff?against=file")));

            fixture.config.reload(fixture.server, yaml -> yaml.replace("port: 0", "port: none"));
            JsonNode status = json(fixture, "GET /api/status").path("config");
            assertEquals("rejected", status.at("/last_reload/result").asText());
            assertEquals("differs", status.at("/on_disk/state").asText());
            assertTrue(status.at("/on_disk/since").isTextual());
            assertEquals(
                    running.path("values"),
                    json(fixture, "GET /api/config/running").path("values"));
            assertEquals(
                    404,
                    admin(fixture, "GET /api/config/history/" + first + "/diff?against=x", "", "")
                            .status());
        }
    }

    private static List<String> effects(JsonNode answer) {
        List<String> effects = new ArrayList<>();
        answer.path("changes")
                .forEach(it ->
                        effects.add(
                                it.path("setting").asText()
                                        + " "
                                        + it.path("takes_effect").asText()));
        return effects;
    }

    private static JsonNode json(ServerFixture fixture, String what) throws IOException {
        Wire.Reply reply = admin(fixture, what, "", "");
        assertEquals(200, reply.status(), reply::text);
        return ServerFixture.json(reply);
    }

    private static int weight(ServerFixture fixture) throws IOException {
        Wire.Reply key = admin(fixture, "GET /api/keys/alpha", "", "");
        return ServerFixture.json(key).path("weight").asInt();
    }

    private static List<String> texts(Wire.Reply reply, String member) throws IOException {
        List<String> texts = new ArrayList<>();
        ServerFixture.json(reply).path(member).forEach(it -> texts.add(it.asText()));
        return texts;
    }

    private static String tag(Wire.Reply reply) {
        return reply.field("ETag").orElseThrow();
    }

    private static Wire.Reply admin(
            ServerFixture fixture, String what, String condition, String body) throws IOException {
        String token =
                ServerFixture.token(TokenGrant.of("operator", Duration.ofHours(1), Role.ADMIN));
        String[] line = what.split(" ", 2);
        List<String> fields = new ArrayList<>(List.of("Authorization: Bearer " + token));
        if (!condition.isEmpty()) {
            fields.add("If-Match: " + condition);
        }
        try (Wire wire = Wire.to(fixture.server.adminPort())) {
            wire.send(line[0], line[1], fields, body.getBytes(StandardCharsets.UTF_8));
            return wire.read();
        }
    }
}
