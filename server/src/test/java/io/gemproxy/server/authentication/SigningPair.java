package io.gemproxy.server.authentication;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * An issuer's pair of keys; signs and writes its JWK with the JDK alone, so that tests do not share
 * code with the product.
 */
final class SigningPair {
    private final String algorithm;
    private final String kid;
    private final KeyPair pair;

    private SigningPair(String algorithm, String kid, KeyPair pair) {
        this.algorithm = algorithm;
        this.kid = kid;
        this.pair = pair;
    }

    /** A new pair, named after its algorithm. */
    static SigningPair of(String algorithm) {
        return of(algorithm, "key-of-" + algorithm);
    }

    static SigningPair of(String algorithm, String kid) {
        return new SigningPair(
                algorithm,
                kid,
                switch (algorithm) {
                    case "ES256" -> curve("secp256r1");
                    case "ES384" -> curve("secp384r1");
                    case "ES512" -> curve("secp521r1");
                    case "EdDSA" -> generate("Ed25519", 0);
                    default -> rsa(2048);
                });
    }

    static KeyPair rsa(int bits) {
        return generate("RSA", bits);
    }

    static KeyPair curve(String name) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(name));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static KeyPair generate(String kind, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            if (bits > 0) {
                generator.initialize(bits);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    String algorithm() {
        return algorithm;
    }

    KeyPair pair() {
        return pair;
    }

    /** The header of its tokens. */
    String header() {
        return "{\"alg\":\"" + algorithm + "\",\"kid\":\"" + kid + "\"}";
    }

    String token(String claims) {
        return token(header(), claims);
    }

    String token(String header, String claims) {
        String signed = base64(utf8(header)) + "." + base64(utf8(claims));
        return signed + "." + base64(signature(utf8(signed)));
    }

    byte[] signature(byte[] signed) {
        try {
            Signature signature = signer();
            signature.initSign(pair.getPrivate());
            signature.update(signed);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Signature signer() throws GeneralSecurityException {
        String bits = algorithm.substring(2);
        return switch (algorithm.substring(0, 2)) {
            case "RS" -> Signature.getInstance("SHA" + bits + "withRSA");
            case "PS" -> {
                Signature pss = Signature.getInstance("RSASSA-PSS");
                pss.setParameter(
                        new PSSParameterSpec(
                                "SHA-" + bits,
                                "MGF1",
                                new MGF1ParameterSpec("SHA-" + bits),
                                Integer.parseInt(bits) / 8,
                                1));
                yield pss;
            }
            case "ES" -> Signature.getInstance("SHA" + bits + "withECDSAinP1363Format");
            default -> Signature.getInstance("Ed25519");
        };
    }

    /** Its public key as a JWK that says its name and algorithm. */
    String jwk() {
        return jwk("\"kid\":\"" + kid + "\",\"alg\":\"" + algorithm + "\"");
    }

    /** Its public key as a JWK with these members besides. */
    String jwk(String members) {
        return "{" + members + "," + publicMembers(pair) + "}";
    }

    static String publicMembers(KeyPair pair) {
        return switch (pair.getPublic()) {
            case RSAPublicKey rsa ->
                    "\"kty\":\"RSA\",\"n\":\""
                            + base64(unsigned(rsa.getModulus(), 0))
                            + "\",\"e\":\""
                            + base64(unsigned(rsa.getPublicExponent(), 0))
                            + "\"";
            case ECPublicKey curve -> {
                int bits = curve.getParams().getOrder().bitLength();
                int bytes = (bits + 7) / 8;
                yield "\"kty\":\"EC\",\"crv\":\"P-"
                        + bits
                        + "\",\"x\":\""
                        + base64(unsigned(curve.getW().getAffineX(), bytes))
                        + "\",\"y\":\""
                        + base64(unsigned(curve.getW().getAffineY(), bytes))
                        + "\"";
            }
            default -> {
                // the last 32 bytes of the X.509 encoding are the point (RFC 8410 section 4)
                byte[] encoded = pair.getPublic().getEncoded();
                byte[] point = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
                yield "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + base64(point) + "\"";
            }
        };
    }

    /** A key set of these keys. */
    static byte[] keySet(String... jwks) {
        return utf8("{\"keys\":[" + String.join(",", jwks) + "]}");
    }

    static byte[] unsigned(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] bare = bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
        if (bare.length >= length) {
            return bare;
        }
        byte[] padded = new byte[length];
        System.arraycopy(bare, 0, padded, length - bare.length, bare.length);
        return padded;
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
