package io.gemproxy.server.authentication;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.server.exchange.Role;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an issuer's tokens may say, and what only ours may. */
class AuthorityTest {
    private final SigningPair pair = SigningPair.of("ES256");
    private final VerifierRig rig = new IssuerRig(pair.jwk()).verifier();

    private String without(String member) {
        return pair.token(IssuerRig.CLAIMS.replaceFirst(",\"" + member + "\":\"[^\"]*\"", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://other.example",
                "https://issuer.example/",
                "HTTPS://issuer.example",
                "https://issuer.example ",
                ""
            })
    void aTokenOfAnotherIssuerIsRefused(String issuer) {
        rig.assertRefused(
                Refusal.TOKEN_ISSUER_REFUSED,
                pair.token(IssuerRig.CLAIMS.replace(IssuerRig.ISSUER, issuer)));
    }

    @Test
    void aTokenOfNoIssuerIsRefused() {
        rig.assertRefused(Refusal.TOKEN_ISSUER_REFUSED, without("iss"));
        rig.assertRefused(
                Refusal.TOKEN_ISSUER_REFUSED,
                pair.token(
                        IssuerRig.CLAIMS.replace(
                                "\"" + IssuerRig.ISSUER + "\"", "[\"" + IssuerRig.ISSUER + "\"]")));
    }

    @Test
    void anIssuersTokenMustBeForUs() {
        rig.assertRefused(Refusal.TOKEN_AUDIENCE_REFUSED, without("aud"));
        String other = IssuerRig.CLAIMS.replace("\"aud\":\"gemproxy\"", "\"aud\":\"billing\"");
        rig.assertRefused(Refusal.TOKEN_AUDIENCE_REFUSED, pair.token(other));
        rig.accepted(
                pair.token(
                        IssuerRig.CLAIMS.replace(
                                "\"aud\":\"gemproxy\"", "\"aud\":[\"billing\",\"gemproxy\"]")));
    }

    @Test
    void anIssuersClockAheadIsNoWayPastARevocation() {
        Instant revoked = Instant.ofEpochSecond(VerifierRig.NOW + 20);
        rig.revocations.set((_, issuedAt) -> issuedAt.orElseThrow().isBefore(revoked));
        rig.set(revoked.plusSeconds(30));
        String iat = ",\"iat\":" + (VerifierRig.NOW + 49);
        rig.assertRefused(Refusal.TOKEN_REVOKED, pair.token(IssuerRig.claims(iat)));
        rig.accepted(
                RawToken.hs256(
                        VerifierRig.MINIMAL.replace(
                                "}", ",\"iat\":" + (VerifierRig.NOW + 20) + "}")));
        rig.accepted(pair.token(IssuerRig.claims(",\"iat\":" + (VerifierRig.NOW + 50))));
    }

    @Test
    void anIssuerMakesNoAdminsUnlessToldSo() {
        String token = pair.token(IssuerRig.claims(",\"role\":\"admin\""));
        rig.assertRefused(Refusal.TOKEN_ROLE_REFUSED, token);
        VerifierRig trusting =
                new IssuerRig(IssuerRig.config(List.of(), true, ""), pair.jwk()).verifier();
        assertEquals(Role.ADMIN, trusting.accepted(token).role());
        rig.accepted(pair.token(IssuerRig.claims(",\"role\":\"client\"")));
    }

    @Test
    void aPrefixKeepsTheClientsOfAnIssuerApart() {
        VerifierRig apart =
                new IssuerRig(IssuerRig.config(List.of(), false, "corp:"), pair.jwk()).verifier();
        assertEquals("corp:alice", apart.accepted(pair.token(IssuerRig.CLAIMS)).id().value());
        assertEquals("alice", apart.accepted(RawToken.hs256(VerifierRig.MINIMAL)).id().value());
        String longest = IssuerRig.CLAIMS.replace("alice", "a".repeat(123));
        apart.accepted(pair.token(longest));
        apart.assertRefused(
                Refusal.TOKEN_CLAIM_INVALID,
                pair.token(IssuerRig.CLAIMS.replace("alice", "a".repeat(124))));
    }

    @Test
    void theKeyOfOneIssuerDoesNotSpeakForAnother() {
        SigningPair other = SigningPair.of("ES256");
        IssuerConfig first = IssuerRig.config();
        IssuerConfig second =
                new IssuerConfig(
                        "https://second.example", "gemproxy", first.keys(), List.of(), true, "");
        TrustedIssuers both =
                new TrustedIssuers(
                        List.of(first, second),
                        new KeySetSource() {
                            private int readings;

                            @Override
                            public byte[] read(IssuerConfig.Keys place, int mostBytes) {
                                return SigningPair.keySet(
                                        readings++ == 0 ? pair.jwk() : other.jwk());
                            }
                        },
                        () -> 0);
        VerifierRig two = new VerifierRig(SigningSecrets.NONE, both);
        two.accepted(pair.token(IssuerRig.CLAIMS));
        String ofSecond = IssuerRig.CLAIMS.replace(IssuerRig.ISSUER, "https://second.example");
        two.accepted(other.token(ofSecond));
        two.assertRefused(Refusal.TOKEN_SIGNATURE_INVALID, pair.token(ofSecond));
        two.assertRefused(Refusal.TOKEN_SIGNATURE_INVALID, other.token(IssuerRig.CLAIMS));
    }
}
