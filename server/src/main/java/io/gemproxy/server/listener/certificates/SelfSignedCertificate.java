package io.gemproxy.server.listener.certificates;

import io.gemproxy.server.exchange.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * A certificate that vouches for itself, with its key: EC P-256, for TLS servers.
 *
 * <p>It is no certificate authority: who trusts it trusts these names and no others, and clients
 * that refuse an authority in the place of a server (rustls, Firefox) take it too. It carries no
 * key usage, because older OpenSSL takes a certificate that may not sign for one that is not
 * self-signed.
 */
public final class SelfSignedCertificate {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private final X509Certificate certificate;
    private final PrivateKey key;

    private SelfSignedCertificate(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    /**
     * Makes a fresh key and certificate.
     *
     * @param hosts names and addresses, at least one; the first becomes the common name
     * @param life from now; the certificate begins an hour earlier, for clocks that lag
     * @throws IllegalArgumentException if a host is neither a name nor an address, or none is given
     */
    public static SelfSignedCertificate create(
            List<String> hosts, Duration life, InstantSource clock, SecureRandom random) {
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("a certificate needs at least one host");
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = generator.generateKeyPair();
            List<String> names = List.copyOf(new LinkedHashSet<>(hosts));
            X509Certificate certificate =
                    CertificateText.selfSigned(names, life, clock.instant(), pair, random);
            return new SelfSignedCertificate(certificate, pair.getPrivate());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java cannot make EC keys", impossible);
        }
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** Both, ready to be served. */
    ServedCertificate served() {
        return new ServedCertificate(List.of(certificate), key);
    }

    /** The certificate as PEM. */
    public String certificatePem() {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("a made certificate is encoded", impossible);
        }
    }

    /** The private key as PKCS#8 PEM. */
    public Secret keyPem() {
        return Secret.of(pem("PRIVATE KEY", key.getEncoded()));
    }

    /**
     * Writes both, the key with mode 0600 first; missing directories are made with mode 0700.
     *
     * @param force whether existing files may be replaced
     * @throws java.nio.file.FileAlreadyExistsException if a file is there and force is not given
     * @throws IOException if a file cannot be written; then none is left half written
     */
    public void write(Path certificateFile, Path keyFile, boolean force) throws IOException {
        PemOutput output = new PemOutput(force);
        output.mustBeWritable(certificateFile);
        output.mustBeWritable(keyFile);
        output.write(keyFile, keyPem().open(), PemOutput.PRIVATE);
        output.write(certificateFile, certificatePem(), PemOutput.PUBLIC);
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN "
                + type
                + "-----\n"
                + LINES.encodeToString(der)
                + "\n-----END "
                + type
                + "-----\n";
    }
}
