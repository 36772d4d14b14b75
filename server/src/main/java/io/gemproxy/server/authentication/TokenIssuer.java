package io.gemproxy.server.authentication;

import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.exchange.Secret;
import io.helidon.security.jwt.Jwt;
import io.helidon.security.jwt.SignedJwt;
import io.helidon.security.jwt.jwk.JwkOctet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** Mints HS256 tokens; each is read back by the verifier's own rules before it is handed out. */
public final class TokenIssuer {
    private final java.util.function.Supplier<SigningSecrets> secrets;
    private final RandomGenerator random;
    private final InstantSource clock;

    /**
     * @param random for {@code jti}; a secure one outside tests
     */
    public TokenIssuer(Secret secret, RandomGenerator random, InstantSource clock) {
        this(() -> SigningSecrets.configured(java.util.Optional.of(secret)), random, clock);
    }

    public TokenIssuer(
            java.util.function.Supplier<SigningSecrets> secrets,
            RandomGenerator random,
            InstantSource clock) {
        this.secrets = secrets;
        this.random = random;
        this.clock = clock;
    }

    /**
     * A signed token in compact form; a {@code role} of client is left out, being the default.
     *
     * @throws IllegalArgumentException if the verifier would refuse the token
     */
    public String issue(TokenGrant grant) {
        if (grant.lifetime().compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("a token must live for at least a second");
        }
        String token =
                SignedJwt.sign(
                                claims(grant),
                                new SigningKeys(secrets.get().active().orElseThrow().secret())
                                        .forAlgorithm("HS256")
                                        .orElseThrow())
                        .tokenContent();
        try {
            TokenParts parts = TokenParts.parse(token);
            new TokenClaims(parts.claims()).client();
            ValidityWindow.of(parts.claims(), Duration.ZERO);
            return token;
        } catch (TokenRefusedException refused) {
            throw new IllegalArgumentException(
                    "a token with these values would be refused: " + refused.refusal(), refused);
        }
    }

    private Jwt claims(TokenGrant grant) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Jwt.Builder jwt =
                Jwt.builder()
                        .algorithm(JwkOctet.ALG_HS256)
                        .type("JWT")
                        .subject(grant.subject())
                        .issueTime(now)
                        .expirationTime(now.plus(grant.lifetime()))
                        .jwtId(tokenId());
        if (grant.role() == Role.ADMIN) {
            jwt.addPayloadClaim("role", "admin");
        }
        if (!grant.models().isEmpty()) {
            jwt.addPayloadClaim("models", grant.models());
        }
        addLimits(jwt, grant);
        return jwt.build();
    }

    private static void addLimits(Jwt.Builder jwt, TokenGrant grant) {
        grant.requestsPerMinute().ifPresent(limit -> jwt.addPayloadClaim("rpm", limit));
        grant.tokensPerMinute().ifPresent(limit -> jwt.addPayloadClaim("tpm", limit));
        grant.requestsPerDay().ifPresent(limit -> jwt.addPayloadClaim("rpd", limit));
        grant.dailyTokens().ifPresent(limit -> jwt.addPayloadClaim("daily_tokens", limit));
        grant.dailyCostUsd().ifPresent(limit -> jwt.addPayloadClaim("daily_cost_usd", limit));
    }

    private String tokenId() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
