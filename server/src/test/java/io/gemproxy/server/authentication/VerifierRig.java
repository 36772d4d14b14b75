package io.gemproxy.server.authentication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.gemproxy.server.authentication.AuthenticationResult.Authenticated;
import io.gemproxy.server.authentication.AuthenticationResult.Refused;
import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A verifier with everything it is given in the hand of the test. */
final class VerifierRig {
    static final long NOW = 1_800_000_000L;
    static final long EXP = NOW + 3600;
    static final String MINIMAL = "{\"sub\":\"alice\",\"exp\":" + EXP + "}";
    static final byte[] KEY = RawToken.SECRET.getBytes(StandardCharsets.UTF_8);

    /** The secrets of the moment. */
    final AtomicReference<SigningSecrets> secrets;

    /** What is revoked. */
    final AtomicReference<RevocationCheck> revocations =
            new AtomicReference<>(RevocationCheck.NONE);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.ofEpochSecond(NOW));
    private final TokenVerifier verifier;

    /** One that knows the signing secret of tests. */
    VerifierRig() {
        this(
                SigningSecrets.configured(Optional.of(Secret.of(RawToken.SECRET))),
                TrustedIssuers.NONE);
    }

    VerifierRig(SigningSecrets secrets, TrustedIssuers issuers) {
        this.secrets = new AtomicReference<>(secrets);
        this.verifier =
                new TokenVerifier(
                        Duration.ofSeconds(30),
                        this.secrets::get,
                        issuers,
                        (client, issuedAt) -> revocations.get().revoked(client, issuedAt),
                        TokenVerifier.REMEMBERED,
                        now::get);
    }

    void set(Instant moment) {
        now.set(moment);
    }

    AuthenticationResult verify(String token) {
        return verifier.verify(token);
    }

    Client accepted(String token) {
        return assertInstanceOf(Authenticated.class, verify(token), token).client();
    }

    void assertRefused(Refusal reason, String token) {
        assertEquals(new Refused(reason.name()), verify(token));
        assertEquals(new Refused(reason.name()), verify(token), "asked again");
    }
}
