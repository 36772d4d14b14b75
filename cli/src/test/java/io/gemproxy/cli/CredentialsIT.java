package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.Gemproxy;
import io.gemproxy.server.authentication.TokenInspection;
import io.gemproxy.simulator.Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands beside a server whose secrets are credentials of its unit, for a user who has
 * neither the variable nor the files.
 */
@Timeout(60)
final class CredentialsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API_KEY =
            Emissions.OF_THIS_RUN.secret(
                    "a key among the credentials", "AQ.Qe5RN6KkqzXvT1mP0wYc4LhJ7sD2fG9e");
    private static final String CHAIN_KEY =
            Emissions.OF_THIS_RUN.secret(
                    "the key of the chain among the credentials",
                    "4b1f0a9d8c7e6f5a3b2c1d0e9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d2e1f09");

    @TempDir private Path directory;
    private Simulator google;
    private Gemproxy server;

    @BeforeEach
    void start() throws Exception {
        google = Simulator.builder().key("primary", API_KEY, "p").start();
        Files.createDirectory(credentials());
        credential("gemproxy_jwt-secret", CliRun.SECRET);
        credential("gemproxy_gemini-primary", API_KEY);
        credential("gemproxy_audit-chain.key", CHAIN_KEY);
        new CliRun(directory)
                .config(
                        """
                        server: {host: 127.0.0.1, port: 0}
                        gemini:
                          base_url: "%s"
                          api_keys:
                            - {id: primary, key_file: "${CREDENTIALS_DIRECTORY}/gemproxy_gemini-primary"}
                        auth:
                          enabled: true
                          jwt_secret_file: ${CREDENTIALS_DIRECTORY}/gemproxy_jwt-secret
                          rate_limit_per_minute: 60
                          token_max_lifetime_days: 40
                        admin: {host: 127.0.0.1, port: 0, socket: admin.sock}
                        reload: {watch: false}
                        audit: {path: audit.log, chain_key_file: "${CREDENTIALS_DIRECTORY}/gemproxy_audit-chain.key"}
                        state: {dir: var}
                        """
                                .formatted(google.baseUrl()));
        server =
                new ServerHere(directory, Map.of("CREDENTIALS_DIRECTORY", credentials().toString()))
                        .start(InstantSource.system(), System::nanoTime, new SecureRandom());
    }

    @AfterEach
    void stop() {
        server.close();
        google.close();
    }

    @Test
    void theSocketIsFoundWithoutTheSecrets() {
        for (String command : List.of("status", "keys list", "config show --on-server")) {
            var outcome = outsider().run(command.split(" "));
            assertEquals(0, outcome.status(), () -> command + ": " + outcome.err());
        }
    }

    @Test
    void theAuditLogIsFoundWithoutTheSecrets() {
        outsider().run("token", "issue", "--subject", "ci");
        var tail = outsider().run("audit", "tail", "-n", "1");
        assertEquals(0, tail.status(), tail.err());
        assertTrue(tail.out().contains("token.issue"), tail.out());
        String key = credentials().resolve("gemproxy_audit-chain.key").toString();
        var verified = outsider().run("audit", "verify", "--key-file", key);
        assertEquals(0, verified.status(), verified.err() + verified.out());
    }

    @Test
    void whatIsNeededAndOutOfReachIsNamed() {
        var outcome = outsider().run("audit", "verify");
        assertEquals(1, outcome.status(), outcome.out());
        assertTrue(outcome.err().contains("audit.chain_key_file: "), outcome.err());
        assertTrue(outcome.err().contains("CREDENTIALS_DIRECTORY is not set"), outcome.err());
        assertFalse(outcome.err().contains("jwt_secret"), outcome.err());
    }

    @Test
    void theServerSignsWhatThisUserCannot() throws Exception {
        var outcome =
                outsider()
                        .run(
                                ("token issue --subject ci --ttl 2h --models gemini-2.5-*"
                                                + " --operations files,embed --rpm 5 --tpm 6"
                                                + " --rpd 7 --daily-tokens 8 --daily-cost 9.50")
                                        .split(" "));
        assertEquals(0, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains("The running server signed it."), outcome.err());
        String token = outcome.out().strip();
        JsonNode claims =
                JSON.readTree(TokenInspection.of(token, CliRun.NOW).orElseThrow().claims());
        assertEquals("ci", claims.path("sub").asText());
        assertEquals("[\"gemini-2.5-*\"]", claims.path("models").toString());
        assertEquals(2, claims.path("operations").size(), claims::toString);
        assertEquals(5, claims.path("rpm").asInt());
        assertEquals(6, claims.path("tpm").asInt());
        assertEquals(7, claims.path("rpd").asInt());
        assertEquals(8, claims.path("daily_tokens").asInt());
        assertEquals(9.5, claims.path("daily_cost_usd").asDouble());
        assertEquals(7200, claims.path("exp").asLong() - claims.path("iat").asLong());
        var judged = insider().input(token).run("token", "verify", "-");
        assertEquals(0, judged.status(), judged.err() + judged.out());
    }

    @Test
    void theServersOwnLimitsHoldForThatToo() {
        assertEquals(0, outsider().run("token", "issue", "--subject", "ci").status());
        var longer = outsider().run("token", "issue", "--subject", "ci", "--ttl", "41d");
        assertEquals(2, longer.status(), longer.err());
        assertTrue(longer.err().contains("which is 40"), longer.err());
    }

    @Test
    void withoutAServerTheFileIsNamedAndNotTheVariableOfASecret() {
        server.close();
        for (String command : List.of("token issue --subject ci", "status")) {
            var outcome = outsider().run(command.split(" "));
            assertEquals(1, outcome.status(), () -> command + ": " + outcome.err());
            assertTrue(outcome.err().contains("auth.jwt_secret_file: "), outcome.err());
            assertTrue(outcome.err().contains("/run/credentials/gemproxy.service"), outcome.err());
            assertFalse(outcome.err().contains("JWT_SECRET"), outcome.err());
        }
        assertEquals(0, insider().run("token", "issue", "--subject", "ci").status());
    }

    @Test
    void theConfigurationIsShownWithoutTheSecretsAndWhatIsMissingIsTold() {
        for (String format : List.of("text", "json")) {
            var outcome = outsider().run("config", "show", "-o", format);
            assertEquals(0, outcome.status(), outcome.err());
            assertTrue(outcome.out().contains("audit.log"), outcome.out());
            assertFalse(outcome.out().contains("chain_key_file"), outcome.out());
            assertTrue(outcome.err().contains("auth.jwt_secret_file: "), outcome.err());
            assertTrue(outcome.err().contains("audit.chain_key_file: "), outcome.err());
            assertTrue(outcome.err().contains("/run/credentials/gemproxy.service"), outcome.err());
        }
        var inside = insider().run("config", "show");
        assertEquals("", inside.err());
        assertTrue(inside.out().contains(credentials() + "/gemproxy_jwt-secret"), inside.out());
    }

    @Test
    void theDoctorLooksAtAllElseWithoutTheSecrets() throws Exception {
        JsonNode checks =
                JSON.readTree(outsider().run("doctor", "-o", "json").out()).path("checks");
        JsonNode config = checks.get(0);
        assertEquals("warning", config.path("verdict").asText(), config::toString);
        assertTrue(config.path("found").asText().contains("auth.jwt_secret_file"));
        assertTrue(config.path("remedy").asText().contains("/run/credentials/"), config::toString);
        for (JsonNode check : checks) {
            if (List.of("state", "file modes", "upstream").contains(check.path("check").asText())) {
                assertEquals("ok", check.path("verdict").asText(), checks::toString);
            }
        }
    }

    @Test
    void aFileThatIsNotThereIsOutOfReachToo() {
        CliRun elsewhere =
                outsider().variable("CREDENTIALS_DIRECTORY", directory.resolve("no").toString());
        var outcome = elsewhere.run("token", "issue", "--subject", "ci");
        assertEquals(0, outcome.status(), outcome.err());
        server.close();
        outcome = elsewhere.run("token", "issue", "--subject", "ci");
        assertEquals(1, outcome.status(), outcome.out());
        assertTrue(outcome.err().contains("auth.jwt_secret_file: "), outcome.err());
        assertTrue(outcome.err().contains("(admin.socket) is open to this user"), outcome.err());
        assertFalse(outcome.err().contains("JWT_SECRET"), outcome.err());
    }

    private CliRun outsider() {
        return new CliRun(directory).at(InstantSource.system().instant());
    }

    private CliRun insider() {
        return outsider().variable("CREDENTIALS_DIRECTORY", credentials().toString());
    }

    private Path credentials() {
        return directory.resolve("credentials");
    }

    private void credential(String name, String text) throws Exception {
        Path file = Emissions.OF_THIS_RUN.given(credentials().resolve(name));
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
