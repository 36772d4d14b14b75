package io.gemproxy.server.listener.certificates;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;

/** Shows which private key belongs to which public one. */
final class SampleSignature {
    private static final byte SAMPLE = 42;

    private SampleSignature() {}

    /**
     * @param kind of key, as {@link java.security.Key#getAlgorithm} names it
     */
    static byte[] sign(String kind, PrivateKey key, SecureRandom random)
            throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm(kind));
        signature.initSign(key, random);
        signature.update(SAMPLE);
        return signature.sign();
    }

    static boolean isOf(PublicKey key, byte[] signed) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm(key.getAlgorithm()));
        signature.initVerify(key);
        signature.update(SAMPLE);
        return signature.verify(signed);
    }

    private static String algorithm(String kind) {
        return switch (kind) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> kind;
        };
    }
}
