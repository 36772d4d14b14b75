package io.gemproxy.server.listener.certificates;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.List;

/**
 * A certificate chain and the key of its first certificate, found to belong together.
 *
 * @param chain the server's own first
 * @param key its private key
 */
public record ServedCertificate(List<X509Certificate> chain, PrivateKey key) {
    private static final Logger LOG = System.getLogger(ServedCertificate.class.getName());
    private static final int LEAST_RSA_BITS = 2048;

    /**
     * Reads a pair. Certificates in another order than that of TLS are put into it, which is said
     * in the log; those of another chain are left out.
     *
     * @throws CertificateFileException if they cannot be read, do not belong together or are too
     *     weak
     */
    public static ServedCertificate load(Path certPath, Path keyPath, SecureRandom random)
            throws CertificateFileException {
        List<X509Certificate> found = PemFiles.certificates(certPath);
        PrivateKey key = PemFiles.privateKey(keyPath);
        if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
            throw new CertificateFileException(
                    keyPath,
                    "holds an RSA key of "
                            + rsa.getModulus().bitLength()
                            + " bits; have the certificate made anew for one of 2048 or more, or"
                            + " for an EC key: openssl genpkey -algorithm EC -pkeyopt"
                            + " ec_paramgen_curve:P-256");
        }
        for (X509Certificate each : found) {
            if (belong(each, key, random)) {
                return new ServedCertificate(ordered(certPath, found, each), key);
            }
        }
        throw new CertificateFileException(
                keyPath, "is not the key of the certificate in " + certPath);
    }

    /** The server's own certificate. */
    public X509Certificate leaf() {
        return chain.getFirst();
    }

    /** Its last moment. */
    public Instant end() {
        return leaf().getNotAfter().toInstant();
    }

    /** Whether it has begun and not ended. */
    public boolean isValidAt(Instant now) {
        return !now.isBefore(leaf().getNotBefore().toInstant()) && !now.isAfter(end());
    }

    private static List<X509Certificate> ordered(
            Path certPath, List<X509Certificate> found, X509Certificate leaf) {
        ChainOrder order = ChainOrder.around(leaf, found);
        if (!order.strangers().isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "{0} holds certificates of another chain, which are left out, first {1}; take"
                            + " them out of the file",
                    certPath,
                    order.strangers().getFirst().getSubjectX500Principal());
        }
        if (!found.subList(0, order.chain().size()).equals(order.chain())) {
            LOG.log(
                    Level.WARNING,
                    "the certificates in {0} are served in the order of TLS, which is not that of"
                            + " the file; put the server''s own first and each one''s issuer behind"
                            + " it",
                    certPath);
        }
        return order.chain();
    }

    private static boolean belong(X509Certificate leaf, PrivateKey key, SecureRandom random) {
        try {
            byte[] signed = SampleSignature.sign(leaf.getPublicKey().getAlgorithm(), key, random);
            return SampleSignature.isOf(leaf.getPublicKey(), signed);
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
