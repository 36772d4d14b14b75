package io.gemproxy.server;

import static io.gemproxy.server.ServerFixture.FLASH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.server.authentication.TokenGrant;
import io.gemproxy.server.exchange.Role;
import java.io.IOException;
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
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients have spent, over restarts, crashes and damage of the file. */
@ResourceLock("metrics")
final class BudgetStateIT {
    private static final String UNARY = FLASH + ":generateContent";
    private static final byte[] HELLO =
            "{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}]}".getBytes(StandardCharsets.UTF_8);

    @TempDir Path directory;

    private static String capped(String name) {
        return ServerFixture.token(
                new TokenGrant(
                        name,
                        Duration.ofHours(1),
                        Role.CLIENT,
                        List.of(),
                        OptionalInt.empty(),
                        OptionalLong.empty(),
                        OptionalLong.of(2),
                        OptionalLong.empty(),
                        Optional.empty()));
    }

    private static ServerFixture on(Path state) throws Exception {
        return ServerFixture.with().set("state.dir=" + state).start();
    }

    private static Wire.Reply call(ServerFixture server, String token) throws IOException {
        return server.bare("POST", UNARY, HELLO, List.of("x-goog-api-key: " + token));
    }

    private static Wire.Reply admin(ServerFixture server, String method, String path)
            throws IOException {
        String token =
                ServerFixture.token(TokenGrant.of("operator", Duration.ofMinutes(5), Role.ADMIN));
        try (Wire wire = Wire.to(server.server.adminPort())) {
            wire.send(method, path, List.of("Authorization: Bearer " + token), new byte[0]);
            return wire.read();
        }
    }

    private static void spend(ServerFixture server, String name) throws Exception {
        assertEquals(200, call(server, capped(name)).status());
        assertEquals(200, call(server, capped(name)).status());
        assertEquals(429, call(server, capped(name)).status());
    }

    @Test
    void whatWasSpentIsSpentAfterARestart() throws Exception {
        try (ServerFixture server = on(directory)) {
            spend(server, "alice");
        }
        try (ServerFixture server = on(directory)) {
            assertEquals(429, call(server, capped("alice")).status());
            assertEquals(200, call(server, capped("bob")).status());
        }
    }

    @Test
    void whatWasWrittenIsSpentAfterACrash() throws Exception {
        Path left = Files.createDirectory(directory.resolve("left"));
        try (ServerFixture server = on(directory.resolve("var"))) {
            spend(server, "alice");
            Path journal = directory.resolve("var").resolve("budgets.journal");
            long deadline = System.nanoTime() + ServerFixture.PATIENCE.toNanos();
            while (!Files.exists(journal) || !Files.readString(journal).contains("alice")) {
                assertTrue(System.nanoTime() < deadline, "the budgets are not written");
                Thread.onSpinWait();
            }
            Files.copy(journal, left.resolve("budgets.journal"));
        }
        try (ServerFixture server = on(left)) {
            assertEquals(429, call(server, capped("alice")).status());
        }
    }

    @Test
    void aDamagedRecordRefusesCappedClientsUntilTheyAreReset() throws Exception {
        try (ServerFixture server = on(directory)) {
            spend(server, "alice");
        }
        Path journal = directory.resolve("budgets.journal");
        String text = Files.readString(journal);
        Files.writeString(
                journal,
                text.replace("alice", "alicf") + text.lines().findFirst().orElseThrow() + "\n");
        try (ServerFixture server = on(directory)) {
            Wire.Reply refused = call(server, capped("alice"));
            assertEquals(503, refused.status(), refused::everything);
            assertTrue(refused.text().contains("BUDGET_UNKNOWN"), refused::text);
            assertEquals(503, call(server, capped("never seen")).status());
            assertEquals(200, call(server, server.token()).status());
        }
        try (ServerFixture server = on(directory)) {
            assertEquals(503, call(server, capped("alice")).status(), "damage is remembered");
            assertEquals(200, admin(server, "POST", "/api/budgets/alice/reset").status());
            assertEquals(200, call(server, capped("alice")).status());
            assertEquals(503, call(server, capped("bob")).status());
            assertEquals(200, admin(server, "POST", "/api/budgets/reset").status());
            assertEquals(200, call(server, capped("bob")).status());
            JsonNode action =
                    server.audit().stream()
                            .filter(it -> it.path("action").asText().equals("budget.reset"))
                            .findFirst()
                            .orElseThrow();
            assertEquals("alice", action.path("target").asText());
            assertEquals("Success", action.path("result").asText());
        }
        try (ServerFixture server = on(directory)) {
            assertEquals(200, call(server, capped("carol")).status());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stall at headers", "stall at event 2"})
    void aClientThatLeavesHoldsNothingAndIsChargedForWhatItGot(String effect) throws Exception {
        byte[] long1000 =
                new String(HELLO, StandardCharsets.UTF_8)
                        .replaceFirst("}$", ",\"generationConfig\":{\"maxOutputTokens\":1000}}")
                        .getBytes(StandardCharsets.UTF_8);
        String leaver =
                ServerFixture.token(
                        new TokenGrant(
                                "leaver",
                                Duration.ofHours(1),
                                Role.CLIENT,
                                List.of(),
                                OptionalInt.empty(),
                                OptionalLong.empty(),
                                OptionalLong.empty(),
                                OptionalLong.of(100_000),
                                Optional.empty()));
        try (ServerFixture server = on(directory)) {
            server.simulator.script("all: always " + effect);
            for (int i = 0; i < 20; i++) {
                try (Wire wire = server.connect()) {
                    wire.send(
                            "POST",
                            FLASH + ":streamGenerateContent?alt=sse",
                            List.of("x-goog-api-key: " + leaver),
                            long1000);
                    if (effect.endsWith("headers")) {
                        server.simulator.await(request -> true, Duration.ofSeconds(5));
                        server.simulator.clearRecord();
                    } else {
                        assertEquals(200, wire.head().status());
                        wire.chunk();
                    }
                }
            }
            assertEquals(20, server.requestsOf("leaver", 20).size());
            JsonNode day =
                    new ObjectMapper()
                            .readTree(admin(server, "GET", "/api/budgets").body())
                            .at("/clients/0/day");
            assertEquals(0, day.at("/reserved/tokens").asLong(), day::toString);
            long spent = day.at("/spent/tokens").asLong();
            assertTrue(spent > 0 && spent < 20 * 100, () -> "charged " + spent);
        }
    }

    @Test
    void theOperatorSeesWhatWasSpent() throws Exception {
        try (ServerFixture server = on(directory)) {
            spend(server, "alice");
            JsonNode seen =
                    new ObjectMapper()
                            .readTree(admin(server, "GET", "/api/budgets").body())
                            .at("/clients/0");
            assertEquals("alice", seen.path("client").asText());
            assertEquals(2, seen.at("/day/spent/requests").asLong());
            assertEquals(0, seen.at("/day/reserved/requests").asLong());
            assertTrue(seen.at("/month/known").asBoolean());
            assertFalse(seen.at("/day/end").asText().isEmpty());
            assertEquals(404, admin(server, "POST", "/api/budgets/nobody/reset").status());
        }
    }
}
