package io.gemproxy.server.authentication;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.exchange.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Mints HS256 tokens; each is read back by the verifier's own rules before it is handed out. */
public final class TokenIssuer {
    private static final SignatureAlgorithm ALGORITHM = SignatureAlgorithm.HS256;

    private final Supplier<SigningSecrets> secrets;
    private final RandomGenerator random;
    private final InstantSource clock;

    /**
     * Signs with the configured secret.
     *
     * @param random for {@code jti}; a secure one outside tests
     */
    public TokenIssuer(Secret secret, RandomGenerator random, InstantSource clock) {
        this(fixed(SigningSecrets.configured(Optional.of(secret))), random, clock);
    }

    /**
     * Signs with the active one of the moment's secrets and names it in the header.
     *
     * @param random for {@code jti}; a secure one outside tests
     */
    public TokenIssuer(
            Supplier<SigningSecrets> secrets, RandomGenerator random, InstantSource clock) {
        this.secrets = secrets;
        this.random = random;
        this.clock = clock;
    }

    /**
     * A signed token in compact form; a {@code role} of client is left out, being the default.
     *
     * @throws IllegalArgumentException if the verifier would refuse the token
     * @throws IllegalStateException if no secret is active
     */
    public String issue(TokenGrant grant) {
        return issue(grant, freshTokenId());
    }

    /**
     * The same with a {@code jti} of the caller's choice.
     *
     * @throws IllegalArgumentException if the verifier would refuse the token
     * @throws IllegalStateException if no secret is active
     */
    public String issue(TokenGrant grant, String tokenId) {
        if (grant.lifetime().compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("a token must live for at least a second");
        }
        SigningSecret secret =
                secrets.get()
                        .active()
                        .orElseThrow(() -> new IllegalStateException("no secret to sign with"));
        String token = sign(header(secret), claims(grant, tokenId), secret);
        try {
            TokenParts parts = TokenParts.parse(token);
            new TokenClaims(parts.claims(), Authority.OURS).client();
            ValidityWindow.of(parts.claims(), Duration.ZERO);
            return token;
        } catch (TokenRefusedException refused) {
            throw new IllegalArgumentException(
                    "a token with these values would be refused: " + refused.refusal(), refused);
        }
    }

    private static String sign(ObjectNode header, ObjectNode claims, SigningSecret secret) {
        String signed = segment(header) + "." + segment(claims);
        byte[] signature =
                ALGORITHM.sign(
                        SharedKeys.material(secret), signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + Base64Url.encode(signature);
    }

    private static String segment(ObjectNode json) {
        return Base64Url.encode(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** A token without {@code kid} is of the configured secret. */
    private static ObjectNode header(SigningSecret secret) {
        ObjectNode header = JsonNodeFactory.instance.objectNode();
        header.put("alg", ALGORITHM.wireName()).put("typ", "JWT");
        if (!secret.kid().equals(SigningSecret.CONFIGURED)) {
            header.put("kid", secret.kid());
        }
        return header;
    }

    private ObjectNode claims(TokenGrant grant, String tokenId) {
        Instant now = clock.instant();
        ObjectNode claims =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("sub", grant.subject())
                        .put("iat", now.getEpochSecond())
                        .put("exp", now.getEpochSecond() + grant.lifetime().toSeconds())
                        .put("jti", tokenId);
        if (grant.role() == Role.ADMIN) {
            claims.put("role", "admin");
        }
        if (!grant.models().isEmpty()) {
            ArrayNode models = claims.putArray("models");
            grant.models().forEach(models::add);
        }
        if (!grant.operations().isEmpty()) {
            ArrayNode operations = claims.putArray("operations");
            grant.operations().stream().sorted().forEach(it -> operations.add(it.word()));
        }
        addLimits(claims, grant);
        return claims;
    }

    private static void addLimits(ObjectNode claims, TokenGrant grant) {
        grant.requestsPerMinute().ifPresent(limit -> claims.put("rpm", limit));
        grant.tokensPerMinute().ifPresent(limit -> claims.put("tpm", limit));
        grant.requestsPerDay().ifPresent(limit -> claims.put("rpd", limit));
        grant.dailyTokens().ifPresent(limit -> claims.put("daily_tokens", limit));
        grant.dailyCostUsd().ifPresent(limit -> claims.put("daily_cost_usd", limit));
    }

    /** A {@code jti} that nobody knew before. */
    public String freshTokenId() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return Base64Url.encode(bytes);
    }

    private static Supplier<SigningSecrets> fixed(SigningSecrets secrets) {
        return () -> secrets;
    }
}
