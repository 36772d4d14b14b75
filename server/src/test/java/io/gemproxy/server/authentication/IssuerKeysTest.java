package io.gemproxy.server.authentication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When the keys of an issuer are read again, and how long they hold while they cannot be. */
class IssuerKeysTest {
    private static final Duration PAUSE = IssuerKeys.PAUSE;

    private final SigningPair first = SigningPair.of("ES256", "first");
    private final SigningPair second = SigningPair.of("ES256", "second");
    private final IssuerRig issuer = new IssuerRig(first.jwk());
    private final VerifierRig rig = issuer.verifier();

    @Test
    void keysAreReadOnceForManyTokens() {
        for (int i = 0; i < 20; i++) {
            rig.accepted(first.token(IssuerRig.claims(",\"jti\":\"" + i + "\"")));
        }
        assertEquals(1, issuer.asked.get());
    }

    @Test
    void anUnknownNameIsAskedForAtOnceButNotTwiceInTenSeconds() {
        rig.accepted(first.token(IssuerRig.CLAIMS));
        issuer.pass(PAUSE);
        issuer.document.set(Optional.of(SigningPair.keySet(first.jwk(), second.jwk())));
        rig.accepted(second.token(IssuerRig.CLAIMS));
        assertEquals(2, issuer.asked.get());
        SigningPair unknown = SigningPair.of("ES256", "unknown");
        for (int i = 0; i < 50; i++) {
            rig.assertRefused(Refusal.TOKEN_KEY_UNKNOWN, unknown.token(IssuerRig.CLAIMS));
        }
        assertEquals(2, issuer.asked.get());
        issuer.pass(PAUSE);
        rig.assertRefused(Refusal.TOKEN_KEY_UNKNOWN, unknown.token(IssuerRig.CLAIMS));
        assertEquals(3, issuer.asked.get());
    }

    @Test
    void aKeyThatIsGoneTakesItsRememberedTokensWithIt() {
        String token = first.token(IssuerRig.CLAIMS);
        rig.accepted(token);
        issuer.pass(PAUSE);
        issuer.document.set(Optional.of(SigningPair.keySet(second.jwk())));
        rig.accepted(second.token(IssuerRig.CLAIMS));
        rig.assertRefused(Refusal.TOKEN_KEY_UNKNOWN, token);
    }

    @Test
    void aKeyThatIsReplacedUnderItsNameTakesItsRememberedTokensWithIt() {
        String token = first.token(IssuerRig.CLAIMS);
        rig.accepted(token);
        issuer.pass(PAUSE);
        issuer.document.set(
                Optional.of(
                        SigningPair.keySet(SigningPair.of("ES256", "first").jwk(), second.jwk())));
        rig.accepted(second.token(IssuerRig.CLAIMS));
        rig.assertRefused(Refusal.TOKEN_SIGNATURE_INVALID, token);
    }

    @Test
    void whileTheyCannotBeReadTheKnownKeysHoldForADay() {
        rig.accepted(first.token(IssuerRig.CLAIMS));
        issuer.document.set(Optional.empty());
        issuer.pass(IssuerKeys.STALE.minusSeconds(1));
        rig.accepted(first.token(IssuerRig.claims(",\"jti\":\"late\"")));
        issuer.pass(Duration.ofSeconds(1));
        rig.assertRefused(Refusal.TOKEN_ISSUER_UNAVAILABLE, first.token(IssuerRig.CLAIMS));
        issuer.pass(PAUSE);
        issuer.document.set(Optional.of(SigningPair.keySet(first.jwk())));
        rig.accepted(first.token(IssuerRig.CLAIMS));
    }

    @Test
    void whatIsNoKeySetDoesNotReplaceOne() {
        rig.accepted(first.token(IssuerRig.CLAIMS));
        issuer.pass(PAUSE);
        for (String broken : new String[] {"", "{}", "[]", "{\"keys\":{}}", "<html>"}) {
            issuer.document.set(Optional.of(SigningPair.utf8(broken)));
            issuer.pass(PAUSE);
            rig.assertRefused(Refusal.TOKEN_KEY_UNKNOWN, second.token(IssuerRig.CLAIMS));
            rig.accepted(first.token(IssuerRig.CLAIMS));
        }
    }

    @Test
    void oldKeysAreReadAgainBehindTheBackOfWhoeverAsks() throws InterruptedException {
        rig.accepted(first.token(IssuerRig.CLAIMS));
        issuer.pass(IssuerKeys.FRESH);
        rig.accepted(first.token(IssuerRig.CLAIMS));
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (issuer.asked.get() < 2) {
            assertTrue(System.nanoTime() < deadline, "they were not read again");
            Thread.onSpinWait();
        }
    }

    @Test
    void aReaderThatFailsUnexpectedlyIsOneThatCannotRead() {
        TrustedIssuers issuers =
                new TrustedIssuers(
                        List.of(IssuerRig.config()),
                        (_, _) -> {
                            throw new IllegalStateException("shut down");
                        },
                        () -> 0);
        new VerifierRig(SigningSecrets.NONE, issuers)
                .assertRefused(Refusal.TOKEN_ISSUER_UNAVAILABLE, first.token(IssuerRig.CLAIMS));
    }

    @Test
    void anIssuerThatWasNeverReachedIsAskedAgainLater() {
        issuer.document.set(Optional.empty());
        rig.assertRefused(Refusal.TOKEN_ISSUER_UNAVAILABLE, first.token(IssuerRig.CLAIMS));
        assertEquals(1, issuer.asked.get());
        issuer.document.set(Optional.of(SigningPair.keySet(first.jwk())));
        issuer.pass(PAUSE);
        rig.accepted(first.token(IssuerRig.CLAIMS));
    }
}
