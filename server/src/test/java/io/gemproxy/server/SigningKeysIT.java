package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.server.authentication.TokenInspection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The ring of signing secrets of a running server. */
@ResourceLock("metrics")
final class SigningKeysIT {
    private static final byte[] HELLO =
            "{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}]}".getBytes(StandardCharsets.UTF_8);

    @TempDir private Path state;

    private ServerFixture server() throws Exception {
        return ServerFixture.with().set("state.dir=" + state).start();
    }

    private static int status(ServerFixture fixture, String token) throws Exception {
        return fixture.bare(
                        "POST",
                        ServerFixture.FLASH + ":generateContent",
                        HELLO,
                        List.of("x-goog-api-key: " + token))
                .status();
    }

    private static String minted(ServerFixture fixture) throws Exception {
        Wire.Reply reply = fixture.act("POST /api/tokens", "{\"subject\":\"app\"}");
        return ServerFixture.json(reply).path("token").asText();
    }

    @Test
    void aRotationCostsNoLiveTokenNeitherDoesARestart() throws Exception {
        String older;
        String newer;
        try (ServerFixture fixture = server()) {
            older = minted(fixture);
            assertEquals(200, status(fixture, older));
            Wire.Reply rotated = fixture.act("POST /api/tokens/keys/rotate", "");
            assertEquals(200, rotated.status(), rotated.text());
            newer = minted(fixture);
            String kid = ServerFixture.json(rotated).at("/keys/1/kid").asText();
            String header = TokenInspection.of(newer, Instant.now()).orElseThrow().header();
            assertTrue(header.contains("\"kid\":\"" + kid + "\""), header);
            assertEquals(200, status(fixture, older));
            assertEquals(200, status(fixture, newer));
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(state.resolve("signing-keys.json"))));
        }
        try (ServerFixture fixture = server()) {
            assertEquals(200, status(fixture, older));
            assertEquals(200, status(fixture, newer));
        }
    }

    @Test
    void aRetiredSecretVerifiesNothingAtOnce() throws Exception {
        try (ServerFixture fixture = server()) {
            fixture.act("POST /api/tokens/keys/rotate", "");
            String middle = minted(fixture);
            assertEquals(200, status(fixture, middle));
            JsonNode keys = ServerFixture.json(fixture.act("POST /api/tokens/keys/rotate", ""));
            String kid = keys.at("/keys/1/kid").asText();
            String path = "POST /api/tokens/keys/" + kid + "/retire";
            Wire.Reply needed = fixture.act(path, "");
            assertEquals(409, needed.status());
            assertTrue(needed.text().contains("may live until"), needed.text());
            assertEquals(200, status(fixture, middle));
            JsonNode left = ServerFixture.json(fixture.act(path + "?force=true", ""));
            assertEquals(2, left.path("keys").size());
            assertFalse(left.toString().contains(kid));
            assertEquals(401, status(fixture, middle), "although it was remembered");
            assertEquals(404, fixture.act(path, "").status());
        }
    }
}
