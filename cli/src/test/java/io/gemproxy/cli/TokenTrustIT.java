package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.state.DirectoryLock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code token revoke}, {@code token keys}, {@code client-key}: with a server and without. */
final class TokenTrustIT {
    private static final String KEY =
            Emissions.OF_THIS_RUN.secret("a Gemini key", "AIzaSyT7mQpX2vLmN9sRtB4wYcD6fGhJ8kZaEuV");

    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    private final ScriptedAdmin admin =
            new ScriptedAdmin()
                    .shows("POST /api/tokens/revoke", "admin-revocation.json")
                    .shows("GET /api/tokens/revoked", "admin-revocations.json")
                    .shows("GET /api/tokens/keys", "admin-signing-keys.json")
                    .shows("POST /api/tokens/keys/rotate", "admin-signing-keys.json")
                    .shows("POST /api/tokens/keys/configured/retire", "admin-signing-keys.json")
                    .shows(
                            "POST /api/tokens/keys/configured/retire?force=true",
                            "admin-signing-keys.json");

    @TempDir private Path directory;
    private int nobody;

    @BeforeEach
    void findAPortThatNobodyListensTo() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
    }

    private CliRun online() throws IOException {
        return admin.installed(directory);
    }

    private CliRun offline() throws IOException {
        return CliRun.installed(directory).variable("GEMPROXY_ADMIN_PORT", "" + nobody);
    }

    @Test
    void aTokenIsRevokedByItsIdAndNeverSent() throws Exception {
        String issued = online().run("token", "issue", "--subject", "ci").out().strip();
        assertEquals(0, online().input(issued).run("token", "revoke", "-").status());
        assertFalse(admin.asked().getFirst().contains(issued), "only its id goes over the wire");
        JsonNode sent = JSON.readTree(admin.asked().getFirst().substring(24));
        assertFalse(sent.path("jti").asText().isEmpty());
        assertEquals("2026-12-21T10:05:00Z", sent.path("expires_at").asText());
    }

    @Test
    void aClientOrEverybodyIsRevoked() throws Exception {
        var client = online().run("token", "revoke", "--subject", "ci");
        assertEquals(
                "Revoked the tokens of ci issued before 2026-11-21T10:00:01Z, and 2 of its keys and"
                        + " secrets.\n",
                client.out());
        online().run("token", "revoke", "--all", "--issued-before", "now");
        assertEquals(
                List.of(
                        "POST /api/tokens/revoke {\"subject\":\"ci\"}",
                        "POST /api/tokens/revoke {\"issued_before\":\"2026-11-21T10:00:00Z\"}"),
                admin.asked());
    }

    @Test
    void whatIsNotClearIsAMisuse() throws Exception {
        String[][] unclear = {
            {},
            {"--jti", "a", "--subject", "b"},
            {"--all"},
            {"--jti", "a", "--issued-before", "now"},
            {"--subject", "a", "--issued-before", "yesterday"},
            {"--all", "--issued-before", "2027-01-01T00:00:00Z"}
        };
        for (String[] options : unclear) {
            String[] words = new String[options.length + 2];
            words[0] = "token";
            words[1] = "revoke";
            System.arraycopy(options, 0, words, 2, options.length);
            assertEquals(2, online().run(words).status(), String.join(" ", words));
        }
        assertEquals(List.of(), admin.asked());
    }

    @Test
    void theListsAreShownToPeople() throws Exception {
        assertEquals(CliRun.golden("token-revoked.txt"), online().run("token", "revoked").out());
        assertEquals(CliRun.golden("token-keys.txt"), online().run("token", "keys", "list").out());
        online().run("token", "keys", "rotate");
        online().run("token", "keys", "retire", "configured", "--force");
        assertEquals("POST /api/tokens/keys/rotate {}", admin.asked().get(2));
        assertEquals("POST /api/tokens/keys/configured/retire?force=true {}", admin.asked().get(3));
    }

    @Test
    void withoutAServerTheStateDirectoryIsChanged() throws Exception {
        var revoked = offline().run("token", "revoke", "--subject", "ci", "-o", "json");
        assertEquals(0, revoked.status(), revoked.err());
        assertTrue(revoked.err().contains("No server answers"), revoked.err());
        var listed = JSON.readTree(offline().run("token", "revoked", "-o", "json").out());
        assertEquals("ci", listed.at("/revocations/0/subject").asText());
        assertEquals(JSON.readTree(revoked.out()), listed.at("/revocations/0"));
        var rotated = offline().run("token", "keys", "rotate", "-o", "json");
        String kid = JSON.readTree(rotated.out()).at("/keys/1/kid").asText();
        String token = offline().run("token", "issue", "--subject", "ci").out().strip();
        var seen = offline().input(token).run("token", "inspect", "-", "-o", "json");
        assertEquals(kid, JSON.readTree(seen.out()).at("/header/kid").asText());
        assertEquals(1, offline().run("token", "keys", "retire", kid).status());
        assertEquals(1, offline().run("token", "keys", "retire", "configured").status());
        assertEquals(0, offline().run("token", "keys", "retire", "configured", "--force").status());
    }

    @Test
    void whatATokenSaysOfItsEndIsBelievedOnlyIfItIsSigned() throws Exception {
        String issued = online().run("token", "issue", "--subject", "ci").out().strip();
        String[] parts = issued.split("\\.", -1);
        String claims =
                new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                        .replaceFirst("\"exp\":\\d+", "\"exp\":1");
        String sooner =
                parts[0]
                        + "."
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                        + "."
                        + parts[2];
        var forged = online().input(sooner).run("token", "revoke", "-");
        assertEquals(1, forged.status(), forged.err());
        assertTrue(forged.err().contains("--jti"), forged.err());
        assertEquals(List.of(), admin.asked());
        String foreign =
                Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(
                                        "{\"alg\":\"HS256\",\"kid\":\"other\"}"
                                                .getBytes(StandardCharsets.UTF_8))
                        + issued.substring(parts[0].length());
        var unknown = online().input(foreign).run("token", "revoke", "-");
        assertEquals(0, unknown.status(), unknown.err());
        assertTrue(unknown.err().contains("kept for good"), unknown.err());
        assertFalse(admin.asked().getFirst().contains("expires_at"), admin.asked().getFirst());
    }

    @Test
    void aNameThatOnlyLooksLikeThisMachineGetsNoToken() throws Exception {
        for (String host : List.of("127.example.test", "127.0.0.1.example.test")) {
            var outcome = online().run("token", "revoked", "--server", "http://" + host + ":9");
            assertEquals(4, outcome.status(), host + outcome.err());
        }
    }

    @Test
    void whatWasDoneOfflineIsNotedForTheAuditLogOfTheServer() throws Exception {
        offline().run("token", "revoke", "--subject", "ci");
        offline().run("token", "keys", "rotate");
        assertEquals(1, offline().run("token", "keys", "retire", "nobody", "--force").status());
        offline().run("token", "keys", "retire", "configured", "--force");
        JsonNode notes =
                JSON.readTree(
                        Files.readString(directory.resolve("var/offline-actions.json"))
                                .replaceFirst("^[^{]*", ""));
        List<String> actions = new ArrayList<>();
        notes.at("/value/actions").forEach(it -> actions.add(it.path("action").asText()));
        assertEquals(List.of("token.revoke", "token.keys.rotate", "token.keys.retire"), actions);
        assertEquals("ci", notes.at("/value/actions/0/details/subject").asText());
        assertEquals(System.getProperty("user.name"), notes.at("/value/actions/0/by").asText());
    }

    @Test
    void aStateDirectoryInUseIsLeftAlone() throws Exception {
        try (DirectoryLock _ = DirectoryLock.take(directory.resolve("var"))) {
            var outcome = offline().run("token", "keys", "rotate");
            assertEquals(3, outcome.status());
            assertTrue(outcome.err().contains("cannot be reached"), outcome.err());
        }
        var named =
                offline().run("token", "keys", "rotate", "--server", "http://127.0.0.1:" + nobody);
        assertEquals(3, named.status(), "a server that was named is the only one that is meant");
    }

    @Test
    void aKeyIsPrintedOnceAndItsDigestGoesIntoTheConfiguration() throws Exception {
        var made = online().run("client-key", "new", "--name", "ci");
        assertTrue(made.out().matches("gp_[0-9A-Za-z]{49}\n"), "the key alone");
        assertTrue(made.err().contains("keys: [\"sha256:"), made.err());
        assertFalse(made.err().contains("gp_"), made.err());
        var secret = online().run("client-key", "new", "--name", "ci", "--oauth", "-o", "json");
        JsonNode json = JSON.readTree(secret.out());
        assertTrue(json.path("key").asText().matches("gps_[0-9A-Za-z]{49}"));
        assertEquals("oauth_secrets", json.path("list").asText());
        CliRun run = new CliRun(directory);
        run.config(
                "auth:\n  jwt_secret: "
                        + CliRun.SECRET
                        + "\n  rate_limit_per_minute: 60\n  clients:\n    - name: ci\n      keys: [\""
                        + json.path("digest").asText()
                        + "\"]\n");
        var valid = run.variable("GEMINI_API_KEY", KEY);
        assertEquals(0, valid.run("validate").status(), valid.run("validate").out());
    }

    @Test
    void validateRemindsOfAnOldSecret() throws Exception {
        offline().run("token", "keys", "rotate");
        CliRun later = offline();
        later.config(
                "auth:\n  jwt_secret: "
                        + CliRun.SECRET
                        + "\n  rate_limit_per_minute: 60\n  signing_key_max_age_days: 90\n");
        later.variable("GEMINI_API_KEY", KEY);
        assertFalse(later.run("validate").out().contains("GPX3009"));
        later.at(CliRun.NOW.plus(Duration.ofDays(100)));
        assertTrue(later.run("validate").out().contains("100 days old"));
    }
}
