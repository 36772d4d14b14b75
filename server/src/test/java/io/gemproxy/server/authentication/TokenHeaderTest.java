package io.gemproxy.server.authentication;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a header may say, and the rest it may not. */
class TokenHeaderTest {
    private final VerifierRig rig = new VerifierRig();

    @ParameterizedTest
    @CsvSource({"HS256,HmacSHA256", "HS384,HmacSHA384", "HS512,HmacSHA512"})
    void theThreeHmacAlgorithmsAreAccepted(String algorithm, String mac) {
        rig.accepted(
                RawToken.signed(
                        "{\"alg\":\"" + algorithm + "\"}",
                        VerifierRig.MINIMAL,
                        VerifierRig.KEY,
                        mac));
    }

    @ParameterizedTest
    @CsvSource({"HS256,HmacSHA512", "HS512,HmacSHA256", "HS384,HmacSHA256", "HS256,HmacSHA1"})
    void anAlgorithmThatDoesNotFitItsSignatureIsRefused(String algorithm, String mac) {
        rig.assertRefused(
                Refusal.TOKEN_SIGNATURE_INVALID,
                RawToken.signed(
                        "{\"alg\":\"" + algorithm + "\"}",
                        VerifierRig.MINIMAL,
                        VerifierRig.KEY,
                        mac));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"none\"",
                "\"None\"",
                "\"nOnE\"",
                "\"NONE\"",
                "\"\"",
                "\"hs256\"",
                "\"HS256 \"",
                "null",
                "[\"HS256\"]",
                "256",
                "true",
                "{}",
                "\"ES256K\"",
                "\"Ed448\"",
                "\"EDDSA\"",
                "\"HS1\"",
                "\"HS256\\u0000\"",
                "\"dir\"",
                "\"A128KW\""
            })
    void everyOtherAlgorithmIsRefused(String algorithm) {
        rig.assertRefused(
                Refusal.TOKEN_ALGORITHM_REFUSED,
                RawToken.signed("{\"alg\":" + algorithm + "}", VerifierRig.MINIMAL));
    }

    @Test
    void anAlgorithmOfIssuersNeedsAnIssuer() {
        for (String algorithm : PublicAlgorithmsTest.ALGORITHMS) {
            rig.assertRefused(
                    Refusal.TOKEN_ISSUER_REFUSED,
                    RawToken.signed("{\"alg\":\"" + algorithm + "\"}", VerifierRig.MINIMAL));
        }
    }

    @Test
    void aTokenWithoutAlgorithmIsRefused() {
        rig.assertRefused(
                Refusal.TOKEN_ALGORITHM_REFUSED, RawToken.signed("{}", VerifierRig.MINIMAL));
        rig.assertRefused(
                Refusal.TOKEN_ALGORITHM_REFUSED,
                RawToken.signed("{\"typ\":\"JWT\"}", VerifierRig.MINIMAL));
    }

    @Test
    void anUnsignedTokenIsRefusedInEverySpelling() {
        String body =
                "." + RawToken.base64(VerifierRig.MINIMAL.getBytes(StandardCharsets.UTF_8)) + ".";
        String none = RawToken.base64("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
        String hs256 = RawToken.base64("{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8));
        rig.assertRefused(Refusal.TOKEN_MALFORMED, none + body);
        rig.assertRefused(Refusal.TOKEN_MALFORMED, hs256 + body);
        rig.assertRefused(Refusal.TOKEN_SIGNATURE_INVALID, hs256 + body + "AA");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"crit\":[\"exp\"]",
                "\"crit\":[]",
                "\"b64\":false",
                "\"b64\":true",
                "\"jku\":\"http://127.0.0.1:9/k\"",
                "\"x5u\":\"http://127.0.0.1:9/c\"",
                "\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}",
                "\"x5c\":[\"AAAA\"]",
                "\"x5t\":\"AAAA\"",
                "\"cty\":\"JWT\"",
                "\"zip\":\"DEF\"",
                "\"enc\":\"A128GCM\"",
                "\"epk\":{}",
                "\"typ\":\"JOSE\"",
                "\"typ\":7",
                "\"typ\":null",
                "\"kid\":\"' OR 1=1--\"",
                "\"kid\":\"|id\"",
                "\"kid\":\"\\u0000\"",
                "\"kid\":\"\"",
                "\"kid\":null",
                "\"kid\":1",
                "\"whatever\":1"
            })
    void aHeaderMemberThatIsNotPlainIsRefused(String member) {
        rig.assertRefused(
                Refusal.TOKEN_HEADER_REFUSED,
                RawToken.signed("{\"alg\":\"HS256\"," + member + "}", VerifierRig.MINIMAL));
    }
}
