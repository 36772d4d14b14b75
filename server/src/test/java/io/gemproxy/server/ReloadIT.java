package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.listener.certificates.SelfSignedCertificate;
import io.gemproxy.server.reload.ReloadOutcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A changed configuration takes effect while the server runs, whole or not at all. */
class ReloadIT {
    private static final String GENERATE = ServerFixture.FLASH + ":generateContent";
    private static final String BODY = "{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]}";

    @Test
    void aKeyComesAndAnotherGoes() throws Exception {
        try (ServerFixture fixture =
                ServerFixture.with().key("alpha", "p-one").key("beta", "p-two").start()) {
            ReloadOutcome outcome =
                    fixture.config.reload(
                            fixture.server,
                            yaml -> yaml.replaceFirst(" {4}- \\{id: alpha[^\n]*\n", ""));
            ReloadOutcome.Applied applied = assertInstanceOf(ReloadOutcome.Applied.class, outcome);
            assertTrue(
                    applied.changed()
                            .containsAll(
                                    List.of(
                                            "gemini.api_keys[alpha].key",
                                            "gemini.api_keys[alpha].project")),
                    applied.changed().toString());
            assertEquals(List.of(), applied.needRestart());
            for (int i = 0; i < 4; i++) {
                assertEquals(200, fixture.post(GENERATE, BODY).status());
            }
            assertEquals(List.of("beta"), fixture.keysSeen().stream().distinct().toList());
        }
    }

    @Test
    void aLimitComesAndGoesAndItsMinuteStays() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            assertEquals(200, fixture.post(GENERATE, BODY).status());
            fixture.config.reload(fixture.server, yaml -> withLimit(yaml, 2));
            assertEquals(200, fixture.post(GENERATE, BODY).status());
            assertEquals(200, fixture.post(GENERATE, BODY).status());
            assertEquals(429, fixture.post(GENERATE, BODY).status());
            fixture.config.reload(fixture.server, yaml -> yaml.replace("minute: 2", "minute: 3"));
            assertEquals(200, fixture.post(GENERATE, BODY).status());
            assertEquals(429, fixture.post(GENERATE, BODY).status());
            fixture.config.reload(
                    fixture.server, yaml -> yaml.replace("  rate_limit_per_minute: 3\n", ""));
            assertEquals(200, fixture.post(GENERATE, BODY).status());
        }
    }

    @Test
    void aRefusedConfigurationChangesNothingAndSaysWhy() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            ReloadOutcome outcome =
                    fixture.config.reload(
                            fixture.server,
                            yaml -> withLimit(yaml, 1).replace("port: 0", "port: none"));
            ReloadOutcome.Rejected rejected =
                    assertInstanceOf(ReloadOutcome.Rejected.class, outcome);
            assertTrue(rejected.findings().stream().anyMatch(it -> it.key().equals("server.port")));
            for (int i = 0; i < 3; i++) {
                assertEquals(200, fixture.post(GENERATE, BODY).status());
            }
            JsonNode record = recordOf(fixture, "ConfigRejected");
            assertEquals("Failure", record.path("result").asText());
            assertEquals("a test", record.path("actor").asText());
            assertTrue(record.path("findings").asText().contains("server.port"));
            assertTrue(fixture.log().contains("server.port"), "the log says why");
            assertEquals(1, counted(fixture, "rejected"));
        }
    }

    @Test
    void whatWaitsForARestartIsNamedAndTheRestTakesEffect() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            ReloadOutcome.Applied applied =
                    assertInstanceOf(
                            ReloadOutcome.Applied.class,
                            fixture.config.reload(
                                    fixture.server,
                                    yaml ->
                                            withLimit(yaml, 1)
                                                    .replace(
                                                            "  port: 0\n",
                                                            "  port: 0\n  max_connections: 7\n")));
            assertEquals(
                    List.of("auth.rate_limit_per_minute", "server.max_connections"),
                    applied.changed());
            assertEquals(List.of("server.max_connections"), applied.needRestart());
            assertEquals(200, fixture.post(GENERATE, BODY).status());
            assertEquals(429, fixture.post(GENERATE, BODY).status());
            JsonNode record = recordOf(fixture, "ConfigReloaded");
            assertEquals("Success", record.path("result").asText());
            assertEquals("server.max_connections", record.path("need_restart").asText());
            assertEquals(1, counted(fixture, "applied"));
            assertInstanceOf(
                    ReloadOutcome.Unchanged.class,
                    fixture.config.reload(fixture.server, yaml -> yaml));
            assertEquals(1, counted(fixture, "unchanged"));
        }
    }

    @Test
    void aDeclaredClientLosesItsKeyAtOnce() throws Exception {
        try (ServerFixture fixture =
                ServerFixture.with()
                        .auth("clients: [{name: ci, models: [\"gemini-2.5-flash\"]}]")
                        .start()) {
            fixture.config.reload(
                    fixture.server, yaml -> yaml.replace("gemini-2.5-flash\"]", "gemma-*\"]"));
            String token = ServerFixture.token("ci");
            assertEquals(
                    403,
                    fixture.bare(
                                    "POST",
                                    GENERATE,
                                    BODY.getBytes(StandardCharsets.UTF_8),
                                    List.of("x-goog-api-key: " + token))
                            .status());
        }
    }

    @Test
    void anotherAdminPasswordEndsTheSessionsOfTheOldOne() throws Exception {
        String old = Emissions.OF_THIS_RUN.secret("the old password", "Old-Pass-7vQ2xKw9");
        String fresh = Emissions.OF_THIS_RUN.secret("the new password", "New-Pass-3mZ8rTy4");
        try (ServerFixture fixture = ServerFixture.with().auth("admin_password: " + old).start()) {
            String session = login(fixture, old, 200);
            assertEquals(200, status(fixture, session));
            fixture.config.reload(fixture.server, yaml -> yaml.replace(old, fresh));
            assertEquals(401, status(fixture, session));
            login(fixture, old, 401);
            assertEquals(200, status(fixture, login(fixture, fresh, 200)));
            assertTrue(fixture.log().contains("sessions ended: 1"), "the log says so");
        }
    }

    @Test
    void aRenewedCertificateIsServedAndAWrongPairIsRefused() throws Exception {
        try (ServerFixture fixture = ServerFixture.with().tls().start()) {
            var before = fixture.certificate();
            fixture.post(GENERATE, BODY);
            Path directory = fixture.config.path().resolveSibling("certs");
            Files.createDirectory(directory);
            var made =
                    SelfSignedCertificate.create(
                            List.of("localhost", "127.0.0.1"),
                            Duration.ofDays(3),
                            InstantSource.system(),
                            new SecureRandom());
            made.write(directory.resolve("cert.pem"), directory.resolve("key.pem"), false);
            Files.copy(
                    directory.resolve("cert.pem"),
                    fixture.config.path().resolveSibling("cert.pem"),
                    StandardCopyOption.REPLACE_EXISTING);
            assertInstanceOf(
                    ReloadOutcome.Rejected.class,
                    fixture.config.reload(fixture.server, yaml -> yaml));
            Files.copy(
                    directory.resolve("key.pem"),
                    fixture.config.path().resolveSibling("key.pem"),
                    StandardCopyOption.REPLACE_EXISTING);
            ReloadOutcome.Applied applied =
                    assertInstanceOf(
                            ReloadOutcome.Applied.class,
                            fixture.config.reload(fixture.server, yaml -> yaml));
            assertEquals(List.of("server.tls.cert_path"), applied.changed());
            assertTrue(!fixture.certificate().equals(before));
            assertEquals(200, fixture.post(GENERATE, BODY).status());
        }
    }

    @Test
    void theLogChangesItsLevelAndItsShape() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            fixture.config.reload(
                    fixture.server, yaml -> yaml + "logging: {level: info, format: text}\n");
            fixture.config.reload(fixture.server, yaml -> withLimit(yaml, 9));
            ServerFixture.await(
                    () -> fixture.log().lines().anyMatch(line -> line.contains(" INFO  io.gem")),
                    ServerFixture.PATIENCE,
                    "a line of text");
        }
    }

    private static String withLimit(String yaml, int limit) {
        return yaml.replace("auth:\n", "auth:\n  rate_limit_per_minute: " + limit + "\n");
    }

    private static String login(ServerFixture fixture, String password, int expected)
            throws Exception {
        Wire.Reply reply = fixture.act("POST /auth/login", "{\"password\":\"" + password + "\"}");
        assertEquals(expected, reply.status());
        JsonNode body = ServerFixture.json(reply);
        return body.path("access_token").asText(body.path("token").asText());
    }

    private static int status(ServerFixture fixture, String token) throws Exception {
        try (Wire wire = Wire.to(fixture.server.adminPort())) {
            wire.send("GET", "/api/status", List.of("Authorization: Bearer " + token), new byte[0]);
            return wire.read().status();
        }
    }

    private static JsonNode recordOf(ServerFixture fixture, String event) throws Exception {
        return fixture.audit().stream()
                .filter(line -> line.path("event_type").asText().equals(event))
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    private static int counted(ServerFixture fixture, String result) throws Exception {
        String name = "gemini_proxy_config_reloads_total{result=\"" + result + "\"";
        return new String(fixture.admin("/metrics").body(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .findFirst()
                .orElse(-1);
    }
}
