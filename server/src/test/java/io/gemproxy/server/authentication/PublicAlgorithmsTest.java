package io.gemproxy.server.authentication;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of an issuer's key pair: each algorithm, and each way to pass one off as another. */
class PublicAlgorithmsTest {
    static final List<String> ALGORITHMS =
            List.of(
                    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512",
                    "EdDSA");

    /** The order of the group of Ed25519 (RFC 8032 section 5.1). */
    private static final BigInteger ED25519_ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    @ParameterizedTest
    @FieldSource("ALGORITHMS")
    void aTokenOfThePairIsAccepted(String algorithm) {
        SigningPair pair = SigningPair.of(algorithm);
        VerifierRig rig = new IssuerRig(pair.jwk()).verifier();
        assertEquals("alice", rig.accepted(pair.token(IssuerRig.CLAIMS)).id().value());
    }

    @ParameterizedTest
    @FieldSource("ALGORITHMS")
    void aTokenOfAnotherPairIsRefused(String algorithm) {
        SigningPair pair = SigningPair.of(algorithm);
        SigningPair other = SigningPair.of(algorithm);
        VerifierRig rig = new IssuerRig(pair.jwk()).verifier();
        rig.assertRefused(Refusal.TOKEN_SIGNATURE_INVALID, other.token(IssuerRig.CLAIMS));
    }

    @Test
    void anAlgorithmIsTheKeysAndNotTheTokens() {
        SigningPair pair = SigningPair.of("RS256", "it");
        VerifierRig rig = new IssuerRig(pair.jwk()).verifier();
        for (String other : ALGORITHMS) {
            if (!other.equals("RS256")) {
                String header = "{\"alg\":\"" + other + "\",\"kid\":\"it\"}";
                rig.assertRefused(Refusal.TOKEN_KEY_UNKNOWN, pair.token(header, IssuerRig.CLAIMS));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "PS256", "ES256", "EdDSA"})
    void aPublicKeyIsNeverASharedSecret(String algorithm) {
        SigningPair pair = SigningPair.of(algorithm, "configured");
        VerifierRig rig = new IssuerRig(pair.jwk()).verifier();
        byte[] der = pair.pair().getPublic().getEncoded();
        String pem =
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                        + "\n-----END PUBLIC KEY-----\n";
        for (byte[] key :
                List.of(der, pem.getBytes(StandardCharsets.UTF_8), SigningPair.utf8(pair.jwk()))) {
            for (String header :
                    List.of("{\"alg\":\"HS256\"}", "{\"alg\":\"HS256\",\"kid\":\"configured\"}")) {
                rig.assertRefused(
                        Refusal.TOKEN_SIGNATURE_INVALID,
                        RawToken.signed(header, IssuerRig.CLAIMS, key, "HmacSHA256"));
            }
        }
    }

    @ParameterizedTest
    @FieldSource("ALGORITHMS")
    void aSignatureOfZerosOrOfAnotherLengthIsRefused(String algorithm) {
        SigningPair pair = SigningPair.of(algorithm);
        VerifierRig rig = new IssuerRig(pair.jwk()).verifier();
        String token = pair.token(IssuerRig.CLAIMS);
        String signed = token.substring(0, token.lastIndexOf('.') + 1);
        byte[] right = pair.signature(SigningPair.utf8(token.substring(0, signed.length() - 1)));
        for (byte[] wrong :
                List.of(
                        new byte[right.length],
                        new byte[1],
                        new byte[right.length + 1],
                        Arrays.copyOf(right, right.length - 1),
                        Arrays.copyOf(right, right.length + 1),
                        new byte[3_000])) {
            rig.assertRefused(Refusal.TOKEN_SIGNATURE_INVALID, signed + SigningPair.base64(wrong));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "ES384", "ES512"})
    void numbersOutsideTheCurvesGroupAreNoSignature(String algorithm) {
        SigningPair pair = SigningPair.of(algorithm);
        VerifierRig rig = new IssuerRig(pair.jwk()).verifier();
        BigInteger order = ((ECPublicKey) pair.pair().getPublic()).getParams().getOrder();
        int bytes = (order.bitLength() + 7) / 8;
        String token = pair.token(IssuerRig.CLAIMS);
        String signed = token.substring(0, token.lastIndexOf('.') + 1);
        for (BigInteger r : List.of(BigInteger.ZERO, BigInteger.ONE, order)) {
            for (BigInteger s : List.of(BigInteger.ZERO, order)) {
                byte[] both = new byte[2 * bytes];
                System.arraycopy(SigningPair.unsigned(r, bytes), 0, both, 0, bytes);
                System.arraycopy(SigningPair.unsigned(s, bytes), 0, both, bytes, bytes);
                rig.assertRefused(
                        Refusal.TOKEN_SIGNATURE_INVALID, signed + SigningPair.base64(both));
            }
        }
    }

    @Test
    void anEd25519SignatureHasOneSpelling() {
        SigningPair pair = SigningPair.of("EdDSA");
        VerifierRig rig = new IssuerRig(pair.jwk()).verifier();
        String token = pair.token(IssuerRig.CLAIMS);
        String signed = token.substring(0, token.lastIndexOf('.') + 1);
        byte[] right = pair.signature(SigningPair.utf8(token.substring(0, signed.length() - 1)));
        BigInteger s = new BigInteger(1, reversed(Arrays.copyOfRange(right, 32, 64)));
        byte[] shifted = reversed(SigningPair.unsigned(s.add(ED25519_ORDER), 32));
        byte[] other = right.clone();
        System.arraycopy(shifted, 0, other, 32, 32);
        rig.accepted(token);
        rig.assertRefused(Refusal.TOKEN_SIGNATURE_INVALID, signed + SigningPair.base64(other));
    }

    @Test
    void theDerFormOfASignatureIsNotOne() throws Exception {
        SigningPair pair = SigningPair.of("ES256");
        VerifierRig rig = new IssuerRig(pair.jwk()).verifier();
        String signed =
                SigningPair.base64(SigningPair.utf8(pair.header()))
                        + "."
                        + SigningPair.base64(SigningPair.utf8(IssuerRig.CLAIMS));
        Signature der = Signature.getInstance("SHA256withECDSA");
        der.initSign(pair.pair().getPrivate());
        der.update(SigningPair.utf8(signed));
        rig.assertRefused(
                Refusal.TOKEN_SIGNATURE_INVALID, signed + "." + SigningPair.base64(der.sign()));
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
