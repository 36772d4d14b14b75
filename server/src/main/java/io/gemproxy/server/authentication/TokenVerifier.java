package io.gemproxy.server.authentication;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gemproxy.server.authentication.AuthenticationResult.Authenticated;
import io.gemproxy.server.authentication.AuthenticationResult.Refused;
import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Checks client and admin tokens: HMAC by our own secrets, everything else by the public keys of
 * issuers we trust (RFC 8725). Safe for use by many threads.
 */
public final class TokenVerifier {
    /** How many tokens are usually remembered. */
    public static final int REMEMBERED = 10_000;

    /** More than this is no difference of clocks but a wrong clock. */
    static final Duration MAX_SKEW = Duration.ofMinutes(5);

    private final SharedKeys ours;
    private final TrustedIssuers issuers;
    private final RevocationCheck revocations;
    private final Duration skew;
    private final InstantSource clock;
    private final Cache<TokenDigest, VerifiedToken> verified;

    /**
     * Knows the configured secret and nothing else: no issuers, no revocations.
     *
     * @throws IllegalArgumentException if the clock skew is negative or above five minutes
     */
    public TokenVerifier(AuthenticationConfig config, InstantSource clock) {
        this(
                config.clockSkew(),
                fixed(SigningSecrets.configured(config.jwtSecret())),
                TrustedIssuers.NONE,
                RevocationCheck.NONE,
                REMEMBERED,
                clock);
    }

    /**
     * @param skew allowed difference of clocks, 0 to 5 minutes
     * @param secrets the ones of the moment, asked on each call
     * @param issuers whose tokens hold besides
     * @param revocations asked on each call, of every token that holds otherwise
     * @param remembered how many tokens are remembered at most; 0: none
     * @throws IllegalArgumentException if the clock skew is out of range
     */
    public TokenVerifier(
            Duration skew,
            Supplier<SigningSecrets> secrets,
            TrustedIssuers issuers,
            RevocationCheck revocations,
            int remembered,
            InstantSource clock) {
        if (skew.isNegative() || skew.compareTo(MAX_SKEW) > 0) {
            throw new IllegalArgumentException("clock skew out of range: " + skew);
        }
        this.skew = skew;
        this.ours = new SharedKeys(secrets);
        this.issuers = issuers;
        this.revocations = revocations;
        this.clock = clock;
        this.verified =
                Caffeine.newBuilder().maximumSize(remembered).executor(Runnable::run).build();
    }

    /** As {@link #verify(String)}, of a token that was kept closed on its way. */
    public AuthenticationResult verify(Secret token) {
        return verify(token.open());
    }

    /**
     * Checks one credential as the client sent it, without scheme or parameter name. May wait a few
     * seconds for the keys of an issuer.
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
        Optional<VerifiedToken> known =
                Optional.ofNullable(verified.getIfPresent(digest)).filter(it -> trusts(it.key()));
        VerifiedToken holds = known.isPresent() ? known.get() : verifyAfresh(token);
        // asked of remembered tokens too: memory outlives neither exp nor a revocation
        holds.window().check(clock.instant());
        if (revocations.revoked(holds.client(), holds.issuedAt())) {
            throw Refusal.TOKEN_REVOKED.raise();
        }
        if (known.isEmpty()) {
            verified.put(digest, holds);
        }
        return holds.client();
    }

    private VerifiedToken verifyAfresh(String token) throws TokenRefusedException {
        TokenParts parts = TokenParts.parse(token);
        TokenHeader header = TokenHeader.of(parts.header());
        TrustedKey key =
                header.algorithm().isShared()
                        ? ours.key(header)
                        : issuers.key(header, parts.claims());
        key.check(parts);
        Client client = new TokenClaims(parts.claims(), key.authority()).client();
        return new VerifiedToken(
                client, ValidityWindow.of(parts.claims(), skew), issuedAt(parts, key), key);
    }

    /** The clock of an issuer may be ahead of the one by which things are revoked. */
    private Optional<Instant> issuedAt(TokenParts parts, TrustedKey key)
            throws TokenRefusedException {
        Optional<Instant> said = ValidityWindow.issuedAt(parts.claims());
        return key.authority().issuer().isPresent() ? said.map(it -> it.minus(skew)) : said;
    }

    private boolean trusts(TrustedKey key) {
        return key.algorithm().isShared() ? ours.trusts(key) : issuers.trusts(key);
    }

    private static Supplier<SigningSecrets> fixed(SigningSecrets secrets) {
        return () -> secrets;
    }

    /**
     * What is remembered of a token whose signature holds.
     *
     * @param client whom it names
     * @param window when it may be used
     * @param issuedAt its {@code iat}, and earlier by the skew if an issuer's clock says so
     * @param key what it was signed with; once that is no longer trusted, neither is the token
     */
    private record VerifiedToken(
            Client client, ValidityWindow window, Optional<Instant> issuedAt, TrustedKey key) {}
}
