package io.gemproxy.server.authentication;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.security.Key;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jwa.AlgorithmFactoryFactory;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignatureAlgorithm;
import org.jose4j.lang.JoseException;

/** The signature algorithms a token may use (RFC 7518 section 3.1, RFC 8037 section 3.1). */
enum SignatureAlgorithm {
    HS256(AlgorithmIdentifiers.HMAC_SHA256, KeyKind.SECRET),
    HS384(AlgorithmIdentifiers.HMAC_SHA384, KeyKind.SECRET),
    HS512(AlgorithmIdentifiers.HMAC_SHA512, KeyKind.SECRET),
    RS256(AlgorithmIdentifiers.RSA_USING_SHA256, KeyKind.RSA),
    RS384(AlgorithmIdentifiers.RSA_USING_SHA384, KeyKind.RSA),
    RS512(AlgorithmIdentifiers.RSA_USING_SHA512, KeyKind.RSA),
    PS256(AlgorithmIdentifiers.RSA_PSS_USING_SHA256, KeyKind.RSA),
    PS384(AlgorithmIdentifiers.RSA_PSS_USING_SHA384, KeyKind.RSA),
    PS512(AlgorithmIdentifiers.RSA_PSS_USING_SHA512, KeyKind.RSA),
    ES256(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256, KeyKind.P_256),
    ES384(AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384, KeyKind.P_384),
    ES512(AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512, KeyKind.P_521),
    EDDSA(AlgorithmIdentifiers.EDDSA, KeyKind.ED25519);

    private static final ProviderContext JDK = new ProviderContext();
    private static final Map<SignatureAlgorithm, JsonWebSignatureAlgorithm> LIBRARY =
            Arrays.stream(values())
                    .collect(toUnmodifiableMap(Function.identity(), it -> find(it.wireName)));

    private final String wireName;
    private final KeyKind keyKind;

    SignatureAlgorithm(String wireName, KeyKind keyKind) {
        this.wireName = wireName;
        this.keyKind = keyKind;
    }

    /** What a key must be to be used with an algorithm. */
    enum KeyKind {
        SECRET,
        RSA,
        P_256,
        P_384,
        P_521,
        ED25519
    }

    /** By its exact {@code alg}; there is no {@code none} among them. */
    static Optional<SignatureAlgorithm> named(String wireName) {
        return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
    }

    /** Its {@code alg}. */
    String wireName() {
        return wireName;
    }

    /** What a key of it must be. */
    KeyKind keyKind() {
        return keyKind;
    }

    /** Whether tokens of it are signed by a secret that we share with their issuer. */
    boolean isShared() {
        return keyKind == KeyKind.SECRET;
    }

    /**
     * @throws JoseException if the key is too short for this algorithm, on another curve, or none
     *     of its kind
     */
    void require(Key key) throws JoseException {
        library().validateVerificationKey(key);
        verifySignature(key, new byte[0], new byte[0]);
    }

    /** Whether the signature is that of the key; false for what is no signature at all. */
    boolean verifies(Key key, byte[] signed, byte[] given) {
        try {
            return verifySignature(key, signed, given);
        } catch (JoseException noSignature) {
            return false;
        }
    }

    /**
     * @throws IllegalArgumentException if the key does not fit
     */
    byte[] sign(Key key, byte[] signed) {
        try {
            return library().sign(library().prepareForSign(key, JDK), signed);
        } catch (JoseException unfit) {
            throw new IllegalArgumentException("no key for " + wireName, unfit);
        }
    }

    private boolean verifySignature(Key key, byte[] signed, byte[] given) throws JoseException {
        return library().verifySignature(given, key, signed, JDK);
    }

    private JsonWebSignatureAlgorithm library() {
        return Objects.requireNonNull(LIBRARY.get(this));
    }

    private static JsonWebSignatureAlgorithm find(String wireName) {
        try {
            return AlgorithmFactoryFactory.getInstance()
                    .getJwsAlgorithmFactory()
                    .getAlgorithm(wireName);
        } catch (JoseException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
