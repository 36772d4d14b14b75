package io.gemproxy.server.authentication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.authentication.AuthenticationResult.Refused;
import io.gemproxy.server.authentication.SigningSecret.Status;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.exchange.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several signing secrets at once, and what a rotation does to tokens. */
class SharedKeysTest {
    private static final String NEWER =
            Emissions.OF_THIS_RUN.secret(
                    "a newer signing secret", "newer-test-secret-0123456789-0123456789-0123456789");
    private static final String OLDER = RawToken.SECRET;

    private final VerifierRig rig =
            new VerifierRig(
                    secrets(configured(Status.VERIFYING), named("2026-11", Status.ACTIVE)),
                    TrustedIssuers.NONE);

    private static SigningSecrets secrets(SigningSecret... secrets) {
        return new SigningSecrets(List.of(secrets));
    }

    private static SigningSecret configured(Status status) {
        return new SigningSecret(SigningSecret.CONFIGURED, Secret.of(OLDER), Instant.EPOCH, status);
    }

    private static SigningSecret named(String kid, Status status) {
        return new SigningSecret(kid, Secret.of(NEWER), Instant.EPOCH, status);
    }

    private static String token(String kid, String secret) {
        String header =
                kid.isEmpty()
                        ? "{\"alg\":\"HS256\"}"
                        : "{\"alg\":\"HS256\",\"kid\":\"" + kid + "\"}";
        return RawToken.signed(
                header, VerifierRig.MINIMAL, secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    @Test
    void aTokenIsHeldAgainstTheSecretItNames() {
        rig.accepted(token("2026-11", NEWER));
        rig.accepted(token("configured", OLDER));
        rig.accepted(token("", OLDER));
        rig.assertRefused(Refusal.TOKEN_SIGNATURE_INVALID, token("2026-11", OLDER));
        rig.assertRefused(Refusal.TOKEN_SIGNATURE_INVALID, token("configured", NEWER));
        rig.assertRefused(Refusal.TOKEN_SIGNATURE_INVALID, token("", NEWER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"other", "Configured", "2026-1", "2026-111", "../../dev/null", "http://h/"})
    void aNameThatIsNotAmongThemIsRefused(String kid) {
        rig.assertRefused(Refusal.TOKEN_KEY_UNKNOWN, token(kid, OLDER));
    }

    @Test
    void aRetiredSecretTakesItsRememberedTokensWithIt() {
        String older = token("", OLDER);
        String newer = token("2026-11", NEWER);
        rig.accepted(older);
        rig.accepted(newer);
        rig.secrets.set(secrets(named("2026-11", Status.ACTIVE)));
        rig.assertRefused(Refusal.TOKEN_KEY_UNKNOWN, older);
        rig.accepted(newer);
        rig.secrets.set(secrets(configured(Status.ACTIVE)));
        rig.assertRefused(Refusal.TOKEN_KEY_UNKNOWN, newer);
        rig.accepted(older);
    }

    @Test
    void aSecretThatIsReplacedUnderItsNameTakesItsRememberedTokensWithIt() {
        String token = token("", OLDER);
        rig.accepted(token);
        rig.secrets.set(SigningSecrets.configured(Optional.of(Secret.of(NEWER))));
        rig.assertRefused(Refusal.TOKEN_SIGNATURE_INVALID, token);
    }

    @Test
    void aRotationLosesNoLiveToken() {
        String token = token("", OLDER);
        rig.secrets.set(secrets(configured(Status.ACTIVE)));
        rig.accepted(token);
        rig.secrets.set(secrets(configured(Status.VERIFYING), named("n", Status.ACTIVE)));
        rig.accepted(token);
    }

    @Test
    void withoutASecretNothingCanBeVerified() {
        rig.secrets.set(SigningSecrets.NONE);
        assertEquals(new Refused("TOKEN_UNVERIFIABLE"), rig.verify(token("", OLDER)));
        assertEquals(new Refused("TOKEN_UNVERIFIABLE"), rig.verify(token("2026-11", NEWER)));
    }

    @Test
    void aTokenIsIssuedInTheNameOfTheActiveSecret() {
        TokenIssuer issuer =
                new TokenIssuer(
                        rig.secrets::get,
                        new SplittableRandom(7),
                        InstantSource.fixed(Instant.ofEpochSecond(VerifierRig.NOW)));
        TokenGrant grant = TokenGrant.of("bob", Duration.ofHours(1), Role.CLIENT);
        String token = issuer.issue(grant);
        assertTrue(header(token).contains("\"kid\":\"2026-11\""), header(token));
        assertEquals("bob", rig.accepted(token).id().value());
        rig.secrets.set(secrets(configured(Status.ACTIVE)));
        assertEquals("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", header(issuer.issue(grant)));
        rig.secrets.set(secrets(configured(Status.VERIFYING)));
        assertThrows(IllegalStateException.class, () -> issuer.issue(grant));
    }

    private static String header(String token) {
        return TokenInspection.of(token, Instant.EPOCH).orElseThrow().header();
    }

    @Test
    void namesAreDistinctAndOneSecretAtMostIsActive() {
        assertThrows(
                IllegalArgumentException.class,
                () -> secrets(named("a", Status.ACTIVE), named("b", Status.ACTIVE)));
        assertThrows(
                IllegalArgumentException.class,
                () -> secrets(named("a", Status.ACTIVE), named("a", Status.VERIFYING)));
        for (String kid : List.of("", "a b", "a/b", "a".repeat(65))) {
            assertThrows(IllegalArgumentException.class, () -> named(kid, Status.ACTIVE));
        }
    }
}
