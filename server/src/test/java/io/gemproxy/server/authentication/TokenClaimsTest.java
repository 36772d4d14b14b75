package io.gemproxy.server.authentication;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.Role;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What claims must be there, and of what type. */
class TokenClaimsTest {
    private final VerifierRig rig = new VerifierRig();

    @Test
    void aTokenWithOnlySubjectAndExpiryIsAClientToken() {
        Client client = rig.accepted(RawToken.hs256(VerifierRig.MINIMAL));
        assertEquals("alice", client.id().value());
        assertEquals(Role.CLIENT, client.role());
        assertEquals(List.of(), client.models());
        assertEquals(OptionalInt.empty(), client.limits().requestsPerMinute());
    }

    @Test
    void everyKnownClaimIsRead() {
        Client client =
                rig.accepted(
                        RawToken.hs256(
                                "{\"sub\":\"a|b@c.d\",\"exp\":"
                                        + VerifierRig.EXP
                                        + ",\"nbf\":"
                                        + VerifierRig.NOW
                                        + ",\"iat\":"
                                        + VerifierRig.NOW
                                        + ",\"jti\":\"t-1\",\"iss\":\"https://issuer\",\"aud\":[\"x\",\"gemproxy\"],"
                                        + "\"role\":\"admin\",\"models\":[\"gemini-2.5-*\"],\"rpm\":7,\"tpm\":1000,"
                                        + "\"rpd\":1,\"daily_tokens\":9007199254740992,\"daily_cost_usd\":0.25,"
                                        + "\"unknown\":{\"kept\":[1,null]}}"));
        assertEquals(Role.ADMIN, client.role());
        assertEquals(List.of("gemini-2.5-*"), client.models());
        assertEquals(OptionalInt.of(7), client.limits().requestsPerMinute());
        assertEquals(Optional.of("t-1"), client.tokenId());
    }

    @Test
    void subjectAndExpiryMustBeThere() {
        rig.assertRefused(
                Refusal.TOKEN_CLAIM_MISSING, RawToken.hs256("{\"exp\":" + VerifierRig.EXP + "}"));
        rig.assertRefused(Refusal.TOKEN_CLAIM_MISSING, RawToken.hs256("{\"sub\":\"a\"}"));
        rig.assertRefused(Refusal.TOKEN_CLAIM_MISSING, RawToken.hs256("{}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"sub\":\"\"",
                "\"sub\":7",
                "\"sub\":null",
                "\"sub\":[\"a\"]",
                "\"sub\":\" a\"",
                "\"sub\":\"a\\n\"",
                "\"sub\":\"a\\u2028b\"",
                "\"sub\":\"a\\u202eb\"",
                "\"sub\":\"a\\ud800b\"",
                "\"sub\":\"a\\u0000\"",
                "\"sub\":\"a\\\"b\"",
                "\"sub\":\"<a>\"",
                "\"sub\":\"a\\u001b[2J\"",
                "\"sub\":\"a\",\"role\":\"root\"",
                "\"sub\":\"a\",\"role\":\"Admin\"",
                "\"sub\":\"a\",\"role\":null",
                "\"sub\":\"a\",\"role\":[\"admin\"]",
                "\"sub\":\"a\",\"models\":[]",
                "\"sub\":\"a\",\"models\":\"*\"",
                "\"sub\":\"a\",\"models\":[7]",
                "\"sub\":\"a\",\"models\":[\"\"]",
                "\"sub\":\"a\",\"models\":null",
                "\"sub\":\"a\",\"rpm\":0",
                "\"sub\":\"a\",\"rpm\":-1",
                "\"sub\":\"a\",\"rpm\":1.5",
                "\"sub\":\"a\",\"rpm\":\"60\"",
                "\"sub\":\"a\",\"rpm\":2147483648",
                "\"sub\":\"a\",\"rpm\":null",
                "\"sub\":\"a\",\"tpm\":0",
                "\"sub\":\"a\",\"rpd\":\"1\"",
                "\"sub\":\"a\",\"daily_tokens\":9007199254740993",
                "\"sub\":\"a\",\"daily_cost_usd\":-0.01",
                "\"sub\":\"a\",\"daily_cost_usd\":\"1\"",
                "\"sub\":\"a\",\"daily_cost_usd\":1e400",
                "\"sub\":\"a\",\"daily_cost_usd\":1e-999999999",
                "\"sub\":\"a\",\"daily_cost_usd\":0e999999999",
                "\"sub\":\"a\",\"jti\":7",
                "\"sub\":\"a\",\"jti\":\"a b\"",
                "\"sub\":\"a\",\"iss\":[]",
                "\"sub\":\"a\",\"aud\":7",
                "\"sub\":\"a\",\"aud\":[]",
                "\"sub\":\"a\",\"aud\":null"
            })
    void claimsOfAWrongTypeOrRangeAreRefused(String claims) {
        rig.assertRefused(
                Refusal.TOKEN_CLAIM_INVALID,
                RawToken.hs256("{" + claims + ",\"exp\":" + VerifierRig.EXP + "}"));
    }

    @Test
    void aSubjectMayHaveUpTo128Characters() {
        rig.accepted(
                RawToken.hs256(
                        "{\"sub\":\"" + "a".repeat(128) + "\",\"exp\":" + VerifierRig.EXP + "}"));
        rig.assertRefused(
                Refusal.TOKEN_CLAIM_INVALID,
                RawToken.hs256(
                        "{\"sub\":\"" + "a".repeat(129) + "\",\"exp\":" + VerifierRig.EXP + "}"));
    }

    @Test
    void aTokenForAnotherAudienceIsRefused() {
        rig.assertRefused(
                Refusal.TOKEN_AUDIENCE_REFUSED,
                RawToken.hs256(
                        "{\"sub\":\"a\",\"aud\":\"billing\",\"exp\":" + VerifierRig.EXP + "}"));
        rig.assertRefused(
                Refusal.TOKEN_AUDIENCE_REFUSED,
                RawToken.hs256(
                        "{\"sub\":\"a\",\"aud\":[\"x\",\"Gemproxy\"],\"exp\":"
                                + VerifierRig.EXP
                                + "}"));
    }
}
