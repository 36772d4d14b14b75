package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.server.authentication.TokenGrant;
import io.gemproxy.server.authentication.TokenIssuer;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.exchange.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code token verify}: what a server with the same configuration would say. */
class TokenVerifyTest {
    @TempDir Path directory;

    private static String token(Instant at) {
        return new TokenIssuer(Secret.of(CliRun.SECRET), new Random(1), InstantSource.fixed(at))
                .issue(TokenGrant.of("ci", Duration.ofDays(1), Role.CLIENT));
    }

    @Test
    void aTokenThatHoldsIsNamed() throws IOException {
        var outcome = CliRun.installed(directory).run("token", "verify", token(CliRun.NOW));
        assertEquals("valid: ci, client\n", outcome.out());
        assertEquals(0, outcome.status());
        var json =
                CliRun.installed(directory)
                        .input(token(CliRun.NOW) + "\n")
                        .run("token", "verify", "-o", "json");
        assertEquals(
                "{\"valid\":true,\"subject\":\"ci\",\"role\":\"client\"}",
                json.out().replaceAll("\\s", ""));
    }

    @Test
    void aTokenThatDoesNotIsTheAnswerNo() throws IOException {
        var outcome =
                CliRun.installed(directory)
                        .run("token", "verify", token(CliRun.NOW.minus(Duration.ofDays(2))));
        assertEquals("refused: token expired\n", outcome.out());
        assertEquals(1, outcome.status());
        var none = CliRun.installed(directory).run("token", "verify", "hello");
        assertEquals("refused: token malformed\n", none.out());
    }

    @Test
    void withoutAConfigurationNothingCanBeSaid() throws IOException {
        var outcome =
                new CliRun(directory.resolve("empty")).run("token", "verify", token(CliRun.NOW));
        assertEquals("", outcome.out());
        assertEquals(1, outcome.status());
    }

    @Test
    void aTokenOfAnIssuerIsHeldAgainstItsKeySet() throws IOException, JoseException {
        EllipticCurveJsonWebKey pair = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        pair.setKeyId("one");
        Path keySet =
                Files.writeString(
                        directory.resolve("jwks.json"),
                        "{\"keys\":[" + pair.toJson(OutputControlLevel.PUBLIC_ONLY) + "]}");
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue("ES256");
        signature.setKeyIdHeaderValue("one");
        signature.setKey(pair.getPrivateKey());
        signature.setPayload(
                "{\"sub\":\"robot\",\"aud\":\"gemproxy\",\"iss\":\"https://issuer.example\",\"exp\":"
                        + CliRun.NOW.plusSeconds(60).getEpochSecond()
                        + "}");
        String token = signature.getCompactSerialization();
        var trusting =
                new CliRun(directory)
                        .config(
                                "auth:\n  jwt_secret: "
                                        + CliRun.SECRET
                                        + "\n  jwks: [{issuer: 'https://issuer.example', file: '"
                                        + keySet
                                        + "'}]\n");
        assertEquals("valid: robot, client\n", trusting.run("token", "verify", token).out());
        assertEquals(0, trusting.run("token", "inspect", token).status());
        var stranger = CliRun.installed(directory.resolve("other"));
        assertEquals(
                "refused: token issuer refused\n", stranger.run("token", "verify", token).out());
    }
}
