package io.gemproxy.benchmarks;

import io.gemproxy.server.authentication.AuthenticationResult;
import io.gemproxy.server.authentication.AuthenticationResult.Authenticated;
import io.gemproxy.server.authentication.IssuerConfig;
import io.gemproxy.server.authentication.RevocationCheck;
import io.gemproxy.server.authentication.SigningSecrets;
import io.gemproxy.server.authentication.TokenVerifier;
import io.gemproxy.server.authentication.TrustedIssuers;
import io.gemproxy.server.exchange.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Key;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a request pays to say who calls: a token seen before, one seen for the first time. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class AuthenticationBenchmark {
    private static final String ISSUER = "https://issuer.example";
    private static final String SECRET =
            "benchmark-secret-0123456789-0123456789-0123456789-0123456789";

    /** How the token is signed. */
    @Param({
        "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256",
        "ES384", "ES512", "EdDSA"
    })
    public String algorithm = "HS256";

    private String token = "";
    private TokenVerifier remembering = verifier(TokenVerifier.REMEMBERED, "");
    private TokenVerifier forgetful = verifier(0, "");

    /** Makes a key, a token of it, and two verifiers that trust it. */
    @Setup
    public void build() throws JoseException {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(algorithm);
        signature.setPayload(
                "{\"sub\":\"ci\",\"exp\":"
                        + (InstantSource.system().instant().getEpochSecond() + 86_400)
                        + ",\"iss\":\""
                        + ISSUER
                        + "\",\"aud\":\"gemproxy\",\"jti\":\"0123456789abcdef\"}");
        String keySet = "";
        if (algorithm.startsWith("HS")) {
            signature.setDoKeyValidation(false); // HS512 would ask for 64 bytes; we take 32
            signature.setKey(secret());
        } else {
            PublicJsonWebKey pair = pair();
            signature.setKey(pair.getPrivateKey());
            keySet = "{\"keys\":[" + pair.toJson(OutputControlLevel.PUBLIC_ONLY) + "]}";
        }
        token = signature.getCompactSerialization();
        remembering = verifier(TokenVerifier.REMEMBERED, keySet);
        forgetful = verifier(0, keySet);
        if (!(remembered() instanceof Authenticated) || !(first() instanceof Authenticated)) {
            throw new IllegalStateException("the token is refused");
        }
    }

    /** A token that is known. */
    @Benchmark
    public AuthenticationResult remembered() {
        return remembering.verify(token);
    }

    /** A token nobody has seen. */
    @Benchmark
    public AuthenticationResult first() {
        return forgetful.verify(token);
    }

    private static Key secret() {
        return new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HMAC");
    }

    private PublicJsonWebKey pair() throws JoseException {
        PublicJsonWebKey pair =
                switch (algorithm) {
                    case "ES256" -> EcJwkGenerator.generateJwk(EllipticCurves.P256);
                    case "ES384" -> EcJwkGenerator.generateJwk(EllipticCurves.P384);
                    case "ES512" -> EcJwkGenerator.generateJwk(EllipticCurves.P521);
                    case "EdDSA" -> OkpJwkGenerator.generateJwk("Ed25519");
                    default -> RsaJwkGenerator.generateJwk(2048);
                };
        pair.setAlgorithm(algorithm);
        return pair;
    }

    private static TokenVerifier verifier(int remembered, String keySet) {
        SigningSecrets secrets = SigningSecrets.configured(Optional.of(Secret.of(SECRET)));
        IssuerConfig issuer =
                new IssuerConfig(
                        ISSUER,
                        IssuerConfig.AUDIENCE,
                        new IssuerConfig.InFile(Path.of("jwks.json")),
                        List.of(),
                        false,
                        "");
        return new TokenVerifier(
                Duration.ofSeconds(30),
                () -> secrets,
                new TrustedIssuers(
                        List.of(issuer),
                        (_, _) -> keySet.getBytes(StandardCharsets.UTF_8),
                        System::nanoTime),
                RevocationCheck.NONE,
                remembered,
                InstantSource.system());
    }
}
