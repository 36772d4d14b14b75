package io.gemproxy.server.listener.certificates.acme;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/** The kinds of key a certificate may have. */
public enum KeyType {
    P256("EC", 256, "SHA256withECDSA"),
    P384("EC", 384, "SHA384withECDSA"),
    RSA2048("RSA", 2048, "SHA256withRSA"),
    RSA4096("RSA", 4096, "SHA256withRSA");

    private final String algorithm;
    private final int bits;
    private final String signature;

    KeyType(String algorithm, int bits, String signature) {
        this.algorithm = algorithm;
        this.bits = bits;
        this.signature = signature;
    }

    /** A new key. */
    KeyPair generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(parameters(), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java makes no such keys", impossible);
        }
    }

    private AlgorithmParameterSpec parameters() {
        return algorithm.equals("EC")
                ? new ECGenParameterSpec("secp" + bits + "r1")
                : new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4);
    }

    /** How such a key signs a request for a certificate. */
    String signature() {
        return signature;
    }
}
