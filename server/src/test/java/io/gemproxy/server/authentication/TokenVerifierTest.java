package io.gemproxy.server.authentication;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What is remembered of a token, and what ends that. */
class TokenVerifierTest {
    private final VerifierRig rig = new VerifierRig();

    @Test
    void anotherSecretIsRefused() {
        String claims = VerifierRig.MINIMAL;
        for (String secret :
                List.of("another-secret-0123456789-0123456789", RawToken.SECRET + "0", "x")) {
            rig.assertRefused(
                    Refusal.TOKEN_SIGNATURE_INVALID,
                    RawToken.signed(
                            "{\"alg\":\"HS256\"}",
                            claims,
                            secret.getBytes(StandardCharsets.UTF_8),
                            "HmacSHA256"));
        }
    }

    @Test
    void aCachedTokenDoesNotOutliveItsExpiry() {
        String token = RawToken.hs256(VerifierRig.MINIMAL);
        rig.accepted(token);
        rig.set(Instant.ofEpochSecond(VerifierRig.EXP + 30).minusNanos(1));
        rig.accepted(token);
        rig.set(Instant.ofEpochSecond(VerifierRig.EXP + 30));
        rig.assertRefused(Refusal.TOKEN_EXPIRED, token);
    }

    @Test
    void aClockThatJumpsBackMakesACachedTokenWaitAgain() {
        String token =
                RawToken.hs256(
                        "{\"sub\":\"a\",\"exp\":"
                                + VerifierRig.EXP
                                + ",\"nbf\":"
                                + VerifierRig.NOW
                                + "}");
        rig.accepted(token);
        rig.set(Instant.ofEpochSecond(VerifierRig.NOW - 3600));
        rig.assertRefused(Refusal.TOKEN_NOT_YET_VALID, token);
    }

    @Test
    void aRevocationBeatsWhatIsRemembered() {
        String token =
                RawToken.hs256(
                        "{\"sub\":\"a\",\"jti\":\"t\",\"iat\":"
                                + VerifierRig.NOW
                                + ",\"exp\":"
                                + VerifierRig.EXP
                                + "}");
        rig.accepted(token);
        rig.revocations.set((client, issuedAt) -> client.tokenId().filter("t"::equals).isPresent());
        rig.assertRefused(Refusal.TOKEN_REVOKED, token);
        rig.revocations.set((client, issuedAt) ->
                issuedAt.filter(Instant.ofEpochSecond(VerifierRig.NOW)::equals).isPresent());
        rig.assertRefused(Refusal.TOKEN_REVOKED, token);
        rig.revocations.set(RevocationCheck.NONE);
        rig.accepted(token);
    }

    @Test
    void whatDoesNotHoldIsNotAskedAbout() {
        AtomicReference<Optional<Instant>> asked = new AtomicReference<>(Optional.of(Instant.MAX));
        rig.revocations.set((client, issuedAt) -> {
            asked.set(issuedAt);
            return true;
        });
        rig.assertRefused(
                Refusal.TOKEN_EXPIRED,
                RawToken.hs256("{\"sub\":\"a\",\"exp\":" + (VerifierRig.NOW - 31) + "}"));
        assertEquals(Optional.of(Instant.MAX), asked.get());
        rig.assertRefused(Refusal.TOKEN_REVOKED, RawToken.hs256(VerifierRig.MINIMAL));
        assertEquals(Optional.empty(), asked.get());
    }
}
