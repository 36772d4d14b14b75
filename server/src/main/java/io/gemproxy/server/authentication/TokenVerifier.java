package io.gemproxy.server.authentication;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gemproxy.server.authentication.AuthenticationResult.Authenticated;
import io.gemproxy.server.authentication.AuthenticationResult.Refused;
import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.Secret;
import io.helidon.security.jwt.SignedJwt;
import io.helidon.security.jwt.jwk.JwkKeys;
import io.helidon.security.jwt.jwk.JwkOctet;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Checks client and admin tokens: HS256, HS384 and HS512 with the configured secret and nothing
 * else (RFC 8725). Safe for use by many threads.
 */
public final class TokenVerifier {
    /** More than this is no difference of clocks but a wrong clock. */
    static final Duration MAX_SKEW = Duration.ofMinutes(5);

    private static final int CACHED_TOKENS = 10_000;
    private static final JwkKeys NO_NAMED_KEYS = JwkKeys.builder().build();

    private final Optional<SigningKeys> keys;
    private final Duration skew;
    private final InstantSource clock;
    private final Cache<TokenDigest, VerifiedToken> verified =
            Caffeine.newBuilder().maximumSize(CACHED_TOKENS).executor(Runnable::run).build();

    /**
     * @throws IllegalArgumentException if the clock skew is negative or above five minutes
     */
    public TokenVerifier(AuthenticationConfig config, InstantSource clock) {
        skew = config.clockSkew();
        if (skew.isNegative() || skew.compareTo(MAX_SKEW) > 0) {
            throw new IllegalArgumentException("clock skew out of range: " + skew);
        }
        keys = config.jwtSecret().map(SigningKeys::new);
        this.clock = clock;
    }

    /** As {@link #verify(String)}, of a token that was kept closed on its way. */
    public AuthenticationResult verify(Secret token) {
        return verify(token.open());
    }

    /**
     * Checks one credential as the client sent it, without scheme or parameter name.
     *
     * @return never fails otherwise than by {@link Refused}, whatever the input
     */
    public AuthenticationResult verify(String token) {
        try {
            return new Authenticated(client(token));
        } catch (TokenRefusedException refused) {
            return new Refused(refused.refusal().name());
        }
    }

    private Client client(String token) throws TokenRefusedException {
        if (token.length() > TokenParts.MAX_LENGTH) {
            throw Refusal.TOKEN_MALFORMED.raise();
        }
        TokenDigest digest = TokenDigest.of(token);
        VerifiedToken known = verified.getIfPresent(digest);
        VerifiedToken holds = known == null ? verifyAfresh(token) : known;
        // asked of cached tokens too: the cache never outlives exp
        holds.window().check(clock.instant());
        if (known == null) {
            verified.put(digest, holds);
        }
        return holds.client();
    }

    private VerifiedToken verifyAfresh(String token) throws TokenRefusedException {
        TokenParts parts = TokenParts.parse(token);
        checkSignature(token, parts.algorithm());
        return new VerifiedToken(
                new TokenClaims(parts.claims()).client(), ValidityWindow.of(parts.claims(), skew));
    }

    private void checkSignature(String token, String algorithm) throws TokenRefusedException {
        JwkOctet key =
                keys.flatMap(some -> some.forAlgorithm(algorithm))
                        .orElseThrow(Refusal.TOKEN_UNVERIFIABLE::raise);
        try {
            if (SignedJwt.parseToken(token).verifySignature(NO_NAMED_KEYS, key).isValid()) {
                return;
            }
        } catch (RuntimeException unreadable) {
            // Helidon throws two unrelated types for a token it cannot read
            throw Refusal.TOKEN_MALFORMED.raise();
        }
        throw Refusal.TOKEN_SIGNATURE_INVALID.raise();
    }

    /**
     * What is remembered of a token whose signature holds.
     *
     * @param client whom it names
     * @param window when it may be used
     */
    private record VerifiedToken(Client client, ValidityWindow window) {}
}
