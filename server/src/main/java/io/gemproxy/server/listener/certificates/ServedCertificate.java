package io.gemproxy.server.listener.certificates;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate chain and the key of its first certificate, found to belong together.
 *
 * @param chain the server's own first
 * @param key its private key
 */
public record ServedCertificate(List<X509Certificate> chain, PrivateKey key) {
    static ServedCertificate load(Path certPath, Path keyPath, SecureRandom random)
            throws CertificateFileException {
        List<X509Certificate> chain = PemFiles.certificates(certPath);
        PrivateKey key = PemFiles.privateKey(keyPath);
        if (!belong(chain.getFirst(), key, random)) {
            throw new CertificateFileException(
                    keyPath, "is not the key of the certificate in " + certPath);
        }
        return new ServedCertificate(chain, key);
    }

    /** The server's own certificate. */
    public X509Certificate leaf() {
        return chain.getFirst();
    }

    private static boolean belong(X509Certificate leaf, PrivateKey key, SecureRandom random) {
        String type = leaf.getPublicKey().getAlgorithm();
        String algorithm =
                switch (type) {
                    case "EC" -> "SHA256withECDSA";
                    case "RSA" -> "SHA256withRSA";
                    default -> type;
                };
        byte[] sample = {42};
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key, random);
            signature.update(sample);
            byte[] signed = signature.sign();
            signature.initVerify(leaf.getPublicKey());
            signature.update(sample);
            return signature.verify(signed);
        } catch (GeneralSecurityException differentKinds) {
            return false;
        }
    }

    /** Keeps the key out of logs. */
    @Override
    public String toString() {
        return "ServedCertificate[" + leaf().getSubjectX500Principal() + "]";
    }
}
