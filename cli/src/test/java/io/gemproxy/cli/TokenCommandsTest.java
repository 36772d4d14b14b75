package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.server.authentication.AuthenticationConfig;
import io.gemproxy.server.authentication.AuthenticationResult;
import io.gemproxy.server.authentication.TokenGrant;
import io.gemproxy.server.authentication.TokenInspection;
import io.gemproxy.server.authentication.TokenIssuer;
import io.gemproxy.server.authentication.TokenVerifier;
import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.exchange.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TokenCommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path directory;

    @Test
    void issuesATokenAloneThatTheServerTakes() throws IOException {
        var outcome = CliRun.installed(directory).run("token", "issue", "--subject", "ci");
        assertEquals(0, outcome.status(), outcome.err());
        assertEquals(1, outcome.out().lines().count());
        Client client = verified(outcome.out().strip());
        assertEquals("ci", client.id().value());
        assertEquals(Role.CLIENT, client.role());
        assertTrue(outcome.err().contains("expires 2026-12-21 10:00 UTC (in 30 d)"));
    }

    @Test
    void putsEachLimitIntoTheToken() throws IOException {
        var outcome =
                CliRun.installed(directory)
                        .run(
                                "token",
                                "issue",
                                "--subject",
                                "ci",
                                "--ttl",
                                "2h",
                                "--models",
                                "gemini-2.5-*,gemma-*",
                                "--rpm",
                                "5",
                                "--tpm",
                                "6",
                                "--rpd",
                                "7",
                                "--daily-tokens",
                                "8",
                                "--daily-cost",
                                "9.50",
                                "--role",
                                "admin");
        JsonNode claims =
                JSON.readTree(
                        TokenInspection.of(outcome.out().strip(), CliRun.NOW)
                                .orElseThrow()
                                .claims());
        assertEquals(
                List.of("gemini-2.5-*", "gemma-*"),
                JSON.convertValue(claims.path("models"), List.class));
        assertEquals(5, claims.path("rpm").asInt());
        assertEquals(6, claims.path("tpm").asInt());
        assertEquals(7, claims.path("rpd").asInt());
        assertEquals(8, claims.path("daily_tokens").asInt());
        assertEquals("9.5", claims.path("daily_cost_usd").asText());
        assertEquals("admin", claims.path("role").asText());
        assertEquals(7200, claims.path("exp").asLong() - claims.path("iat").asLong());
        assertEquals(Role.ADMIN, verified(outcome.out().strip()).role());
    }

    @Test
    void saysTheSameToPrograms() throws IOException {
        var outcome =
                CliRun.installed(directory).run("token", "issue", "--subject", "ci", "-o", "json");
        JsonNode json = JSON.readTree(outcome.out());
        String minted = json.path("token").asText();
        assertEquals(CliRun.golden("token-issue.json"), outcome.out().replace(minted, "TOKEN"));
        assertEquals("ci", verified(minted).id().value());
    }

    @Test
    void refusesALifetimeOrALimitThatMakesNoSense() throws IOException {
        var run = CliRun.installed(directory);
        assertEquals(2, run.run("token", "issue", "--subject", "ci", "--ttl", "3x").status());
        assertEquals(2, run.run("token", "issue", "--subject", "ci", "--rpm", "0").status());
        assertEquals(2, run.run("token", "issue", "--subject", "").status());
        assertEquals(2, run.run("token", "issue").status());
    }

    @Test
    void namesTheOptionWhoseValueTheServerWouldRefuse() throws IOException {
        var run = CliRun.installed(directory);
        for (String option : List.of("--rpm", "--tpm", "--rpd", "--daily-tokens", "--daily-cost")) {
            String value = option.equals("--daily-cost") ? "-1" : "0";
            var outcome = run.run("token", "issue", "--subject", "ci", option, value);
            assertEquals(2, outcome.status(), option);
            assertTrue(outcome.err().startsWith("gemproxy-cli: " + option + " is "), outcome.err());
        }
        var subject = run.run("token", "issue", "--subject", " ");
        assertEquals(2, subject.status());
        assertTrue(subject.err().contains("--subject is a name"), subject.err());
    }

    @Test
    void excusesNoLimit() throws IOException {
        var limited =
                CliRun.installed(directory)
                        .run(
                                "token",
                                "issue",
                                "--subject",
                                "ci",
                                "--tpm",
                                "5",
                                "--daily-tokens",
                                "6",
                                "--daily-cost",
                                "2");
        assertEquals(1, limited.err().lines().count(), limited.err());
        assertEquals(1, limited.out().lines().count());
    }

    @Test
    void saysABrokenSignatureFirst() throws IOException {
        String other = token("another-secret-that-is-long-enough-for-HS256");
        var outcome = CliRun.installed(directory).run("token", "inspect", other);
        assertTrue(outcome.out().startsWith("SIGNATURE  INVALID"), outcome.out());
        assertEquals(1, outcome.status());
    }

    @Test
    void tellsWhatIsWrongWithAConfigurationThatCannotSign() throws IOException {
        var weak = new CliRun(directory).config("auth:\n  jwt_secret: changeme\n");
        var outcome = weak.run("token", "issue", "--subject", "ci");
        assertEquals(1, outcome.status());
        assertTrue(outcome.err().contains("auth.jwt_secret"), outcome.err());
        assertFalse(outcome.err().contains("api_keys"), outcome.err());
        assertEquals("", outcome.out());

        var missing = weak.run("token", "issue", "--subject", "ci", "--config", "other.yaml");
        assertEquals(5, missing.status());
    }

    @Test
    void showsWhatATokenSaysAndThatOurSecretSignedIt() throws IOException {
        var outcome = CliRun.installed(directory).run("token", "inspect", token(CliRun.SECRET));
        assertEquals(CliRun.golden("token-inspect.txt"), outcome.out());
        assertEquals(0, outcome.status());
    }

    @Test
    void showsItToPrograms() throws IOException {
        var outcome =
                CliRun.installed(directory)
                        .input(token(CliRun.SECRET) + "\n")
                        .run("token", "inspect", "-", "--output", "json");
        assertEquals(CliRun.golden("token-inspect.json"), outcome.out());
    }

    @Test
    void saysWhenASecretIsAnotherOrThereIsNone() throws IOException {
        String other = token("another-secret-that-is-long-enough-for-HS256");
        assertEquals("invalid", signature(CliRun.installed(directory), other));
        assertEquals("not_checked", signature(new CliRun(directory.resolve("empty")), other));
    }

    @Test
    void whatIsNoTokenIsTold() {
        var outcome = new CliRun(directory).input("hello").run("token", "inspect");
        assertEquals(1, outcome.status());
        assertEquals("gemproxy-cli: this is no token\n", outcome.err());
    }

    @Test
    void neverRepeatsATokenThatStandsInTheWrongPlace() {
        String misplaced = token(CliRun.SECRET);
        var outcome = new CliRun(directory).run("token", "inspect", misplaced, misplaced);
        assertEquals(2, outcome.status());
        assertFalse(outcome.err().contains(misplaced), outcome.err());
    }

    private static String signature(CliRun run, String token) throws IOException {
        var outcome = run.input(token).run("token", "inspect", "-o", "json");
        return JSON.readTree(outcome.out()).path("signature").asText();
    }

    private static String token(String secret) {
        return new TokenIssuer(Secret.of(secret), new Random(1), InstantSource.fixed(CliRun.NOW))
                .issue(TokenGrant.of("ci", Duration.ofDays(30), Role.CLIENT));
    }

    private static Client verified(String token) {
        var config =
                new AuthenticationConfig(
                        true,
                        Optional.of(Secret.of(CliRun.SECRET)),
                        List.of(),
                        Duration.ZERO,
                        Optional.empty());
        var result = new TokenVerifier(config, InstantSource.fixed(CliRun.NOW)).verify(token);
        return assertInstanceOf(AuthenticationResult.Authenticated.class, result).client();
    }
}
