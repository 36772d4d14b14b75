package io.gemproxy.server.authentication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys of a key set are used, and with what. */
class KeySetTest {
    private static final SigningPair RSA = SigningPair.of("RS256");
    private static final SigningPair CURVE = SigningPair.of("ES256");

    private static KeySet read(String... jwks) throws IOException {
        return KeySet.read(SigningPair.keySet(jwks), IssuerRig.config());
    }

    private static void assertUnused(String jwk) throws IOException {
        assertEquals(List.of(), read(jwk).keys(), jwk);
    }

    private static SignatureAlgorithm pinned(String jwk, String... allowed) throws IOException {
        KeySet keys =
                KeySet.read(SigningPair.keySet(jwk), IssuerRig.config(List.of(allowed), false, ""));
        return keys.keys().getFirst().algorithm();
    }

    @Test
    void aKeyIsPinnedToWhatItSaysItIsFor() throws IOException {
        assertEquals(SignatureAlgorithm.PS384, pinned(RSA.jwk("\"alg\":\"PS384\"")));
        assertEquals(SignatureAlgorithm.ES256, pinned(CURVE.jwk("\"kid\":\"x\"")));
        assertEquals(
                SignatureAlgorithm.EDDSA, pinned(SigningPair.of("EdDSA").jwk("\"kid\":\"x\"")));
    }

    @Test
    void anRsaKeyThatDoesNotSayTakesTheFirstAllowedAlgorithm() throws IOException {
        assertEquals(SignatureAlgorithm.RS256, pinned(RSA.jwk("\"kid\":\"x\"")));
        assertEquals(SignatureAlgorithm.PS256, pinned(RSA.jwk("\"kid\":\"x\""), "ES256", "PS256"));
    }

    @Test
    void aKeyForWhatIsNotAllowedIsNotUsed() throws IOException {
        KeySet keys =
                KeySet.read(
                        SigningPair.keySet(RSA.jwk(), CURVE.jwk()),
                        IssuerRig.config(List.of("ES256"), false, ""));
        assertEquals(1, keys.keys().size());
        assertEquals(SignatureAlgorithm.ES256, keys.keys().getFirst().algorithm());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"use\":\"enc\"",
                "\"use\":7",
                "\"key_ops\":[\"sign\"]",
                "\"key_ops\":[]",
                "\"alg\":\"none\"",
                "\"alg\":\"HS256\"",
                "\"alg\":\"RS1\"",
                "\"alg\":\"ES256\"",
                "\"alg\":7",
                "\"alg\":null",
                "\"kid\":7",
                "\"kid\":\"\"",
                "\"kid\":\"a b\"",
                "\"d\":\"AAAA\"",
                "\"p\":\"AAAA\"",
                "\"k\":\"AAAA\""
            })
    void aKeyThatIsNotPlainlyForVerifyingIsNotUsed(String member) throws IOException {
        assertUnused(RSA.jwk(member));
    }

    @Test
    void certificatesAndAddressesInAKeyAreNotLookedAt() throws IOException {
        String jwk =
                RSA.jwk(
                        "\"use\":\"sig\",\"key_ops\":[\"verify\"],\"x5c\":[\"garbage\"],"
                                + "\"x5u\":\"http://127.0.0.1:9/\",\"x5t\":\"AAAA\",\"ext\":true");
        assertEquals(1, read(jwk).keys().size());
    }

    @Test
    void aPrivateKeyInTheOpenIsNotUsed() throws IOException {
        RSAPrivateCrtKey secret = (RSAPrivateCrtKey) RSA.pair().getPrivate();
        assertUnused(
                RSA.jwk(
                        "\"d\":\""
                                + SigningPair.base64(
                                        SigningPair.unsigned(secret.getPrivateExponent(), 0))
                                + "\""));
    }

    @Test
    void aWeakKeyIsNotUsed() throws IOException {
        assertUnused("{" + SigningPair.publicMembers(SigningPair.rsa(1024)) + "}");
        assertUnused("{" + SigningPair.publicMembers(SigningPair.rsa(2040)) + "}");
        for (String exponent : List.of("AQ", "Aw", "AQAA", "AAAAAQ", "")) {
            assertUnused(RSA.jwk().replace("\"e\":\"AQAB\"", "\"e\":\"" + exponent + "\""));
        }
    }

    @Test
    void aSecretIsNeverAPublicKey() throws IOException {
        assertUnused("{\"kty\":\"oct\",\"k\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}");
    }

    @Test
    void aPointThatIsNotOnItsCurveIsNotUsed() throws IOException {
        String other = SigningPair.of("ES384").jwk("\"kid\":\"x\"");
        assertUnused(other.replace("P-384", "P-256"));
        assertUnused(CURVE.jwk("\"kid\":\"x\"").replace("P-256", "P-384"));
        assertUnused(CURVE.jwk("\"kid\":\"x\"").replace("P-256", "secp256k1"));
        String zero = "A".repeat(43);
        assertUnused(
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + zero + "\",\"y\":\"" + zero + "\"}");
        String y = CURVE.jwk().replaceAll(".*\"y\":\"([^\"]*)\".*", "$1");
        char changed = y.charAt(5) == 'A' ? 'B' : 'A';
        assertUnused(CURVE.jwk().replace(y, y.substring(0, 5) + changed + y.substring(6)));
        assertUnused("{\"kty\":\"OKP\",\"crv\":\"Ed448\",\"x\":\"" + zero + "\"}");
        assertUnused("{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"" + zero + "\"}");
        assertUnused("{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AAAA\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"
            })
    void aPointOfSmallOrderIsNotUsed(String point) throws IOException {
        assertUnused(
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\""
                        + SigningPair.base64(HexFormat.of().parseHex(point))
                        + "\"}");
    }

    @Test
    void oneUnusableKeyDoesNotSpoilTheOthers() throws IOException {
        KeySet keys = read("7", "{}", "{\"kty\":\"new\"}", "{\"kty\":\"RSA\"}", CURVE.jwk());
        assertEquals(1, keys.keys().size());
    }

    @Test
    void aTokenWithoutNameMeansTheOnlyKeyOfItsAlgorithm() throws IOException {
        KeySet one = read(CURVE.jwk(), RSA.jwk());
        assertEquals(
                "key-of-ES256",
                one.find(Optional.empty(), SignatureAlgorithm.ES256).orElseThrow().kid());
        KeySet two = read(CURVE.jwk(), SigningPair.of("ES256", "b").jwk());
        assertEquals(Optional.empty(), two.find(Optional.empty(), SignatureAlgorithm.ES256));
    }

    @Test
    void aSetThatIsTooLargeOrAmbiguousIsNotReadAtAll() {
        assertThrows(IOException.class, () -> read(CURVE.jwk(), CURVE.jwk()));
        assertThrows(
                IOException.class,
                () -> read(Collections.nCopies(101, "{}").toArray(String[]::new)));
        byte[] padded = new byte[KeySet.MOST_BYTES + 1];
        Arrays.fill(padded, (byte) ' ');
        byte[] good = SigningPair.keySet(CURVE.jwk());
        System.arraycopy(good, 0, padded, 0, good.length);
        assertThrows(IOException.class, () -> KeySet.read(padded, IssuerRig.config()));
        for (String broken :
                List.of("", "[]", "{}", "{\"keys\":7}", "{\"keys\":[],\"keys\":[]}", "nonsense")) {
            assertThrows(
                    IOException.class,
                    () -> KeySet.read(SigningPair.utf8(broken), IssuerRig.config()),
                    broken);
        }
    }
}
