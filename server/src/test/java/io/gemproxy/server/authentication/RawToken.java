package io.gemproxy.server.authentication;

import io.gemproxy.emissions.Emissions;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs whatever it is given with the JDK alone, so that tests do not share code with the product.
 */
final class RawToken {
    static final String SECRET =
            Emissions.OF_THIS_RUN.secret(
                    "the signing secret", "unit-test-secret-0123456789-0123456789-0123456789");

    private RawToken() {}

    static String signed(String header, String claims) {
        return signed(header, claims, SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    static String signed(String header, String claims, byte[] key, String mac) {
        return signedBytes(
                header.getBytes(StandardCharsets.UTF_8),
                claims.getBytes(StandardCharsets.UTF_8),
                key,
                mac);
    }

    static String signedBytes(byte[] header, byte[] claims, byte[] key, String mac) {
        return signedText(base64(header) + "." + base64(claims), key, mac);
    }

    /** Signs the two first segments as they stand, canonical or not. */
    static String signedText(String signed, byte[] key, String mac) {
        return signed + "." + base64(hmac(signed, key, mac));
    }

    static String hs256(String claims) {
        return signed("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", claims);
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] hmac(String signed, byte[] key, String algorithm) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
