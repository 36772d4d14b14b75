package io.gemproxy.server.authentication;

import java.security.Key;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jws.EcdsaUsingShaAlgorithm;
import org.jose4j.jws.EdDsaAlgorithm;
import org.jose4j.jws.HmacUsingShaAlgorithm;
import org.jose4j.jws.JsonWebSignatureAlgorithm;
import org.jose4j.jws.RsaUsingShaAlgorithm;
import org.jose4j.lang.JoseException;

/** The signature algorithms a token may use (RFC 7518 section 3.1, RFC 8037 section 3.1). */
enum SignatureAlgorithm {
    HS256("HS256", KeyKind.SECRET),
    HS384("HS384", KeyKind.SECRET),
    HS512("HS512", KeyKind.SECRET),
    RS256("RS256", KeyKind.RSA),
    RS384("RS384", KeyKind.RSA),
    RS512("RS512", KeyKind.RSA),
    PS256("PS256", KeyKind.RSA),
    PS384("PS384", KeyKind.RSA),
    PS512("PS512", KeyKind.RSA),
    ES256("ES256", KeyKind.P_256),
    ES384("ES384", KeyKind.P_384),
    ES512("ES512", KeyKind.P_521),
    EDDSA("EdDSA", KeyKind.ED25519);

    private static final ProviderContext JDK = new ProviderContext();

    private static final Map<SignatureAlgorithm, JsonWebSignatureAlgorithm> LIBRARY =
            new ConcurrentHashMap<>();

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
        return LIBRARY.computeIfAbsent(this, SignatureAlgorithm::made);
    }

    /**
     * When it is first used, and not from the library's registry of algorithms: to fill that, each
     * one is tried with each provider of the class path, a tenth of the server's start.
     */
    private static JsonWebSignatureAlgorithm made(SignatureAlgorithm algorithm) {
        return switch (algorithm) {
            case HS256 -> new HmacUsingShaAlgorithm.HmacSha256();
            case HS384 -> new HmacUsingShaAlgorithm.HmacSha384();
            case HS512 -> new HmacUsingShaAlgorithm.HmacSha512();
            case RS256 -> new RsaUsingShaAlgorithm.RsaSha256();
            case RS384 -> new RsaUsingShaAlgorithm.RsaSha384();
            case RS512 -> new RsaUsingShaAlgorithm.RsaSha512();
            case PS256 -> new RsaUsingShaAlgorithm.RsaPssSha256();
            case PS384 -> new RsaUsingShaAlgorithm.RsaPssSha384();
            case PS512 -> new RsaUsingShaAlgorithm.RsaPssSha512();
            case ES256 -> new EcdsaUsingShaAlgorithm.EcdsaP256UsingSha256();
            case ES384 -> new EcdsaUsingShaAlgorithm.EcdsaP384UsingSha384();
            case ES512 -> new EcdsaUsingShaAlgorithm.EcdsaP521UsingSha512();
            case EDDSA -> new EdDsaAlgorithm();
        };
    }
}
