package io.gemproxy.server.listener.certificates;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate that only itself vouches for: EC P-256, in PEM.
 *
 * @param certificatePem the certificate
 * @param keyPem PKCS#8; a secret
 */
public record SelfSignedCertificate(String certificatePem, String keyPem) {
    private static final Duration BACKDATED = Duration.ofHours(1);

    /**
     * Makes one.
     *
     * @param hosts DNS names and IP addresses; the first names the subject
     * @param now the clock's instant; validity begins an hour before
     */
    public static SelfSignedCertificate create(
            List<String> hosts, Instant now, Duration validity, SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = generator.generateKeyPair();
            X509CertificateHolder holder = sign(pair, hosts, now, validity, random);
            return new SelfSignedCertificate(
                    pem(holder), pem(new JcaPKCS8Generator(pair.getPrivate(), null)));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("no self-signed certificate could be made", e);
        }
    }

    /** The names every machine's certificate carries: localhost, gemini-proxy and loopback. */
    public static List<String> defaultHosts(String hostName) {
        return List.of("localhost", "gemini-proxy", "127.0.0.1", "::1", hostName).stream()
                .distinct()
                .toList();
    }

    private static X509CertificateHolder sign(
            KeyPair pair, List<String> hosts, Instant now, Duration validity, SecureRandom random)
            throws OperatorCreationException, IOException {
        X500Name subject = new X500Name("CN=" + hosts.getFirst());
        PublicKey key = pair.getPublic();
        return new JcaX509v3CertificateBuilder(
                        subject,
                        new BigInteger(127, random).add(BigInteger.ONE),
                        Date.from(now.minus(BACKDATED)),
                        Date.from(now.plus(validity)),
                        subject,
                        key)
                .addExtension(Extension.subjectAlternativeName, false, names(hosts))
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(
                        Extension.extendedKeyUsage,
                        false,
                        new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                .build(
                        new JcaContentSignerBuilder("SHA256withECDSA")
                                .setSecureRandom(random)
                                .build(pair.getPrivate()));
    }

    private static GeneralNames names(List<String> hosts) {
        return new GeneralNames(
                hosts.stream()
                        .map(host ->
                                new GeneralName(
                                        isAddress(host)
                                                ? GeneralName.iPAddress
                                                : GeneralName.dNSName,
                                        host))
                        .toArray(GeneralName[]::new));
    }

    private static boolean isAddress(String host) {
        return host.indexOf(':') >= 0
                || host.chars().allMatch(c -> c == '.' || Character.isDigit(c));
    }

    private static String pem(Object object) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }

    /**
     * Writes both files, each whole or not at all; the key with mode 0600.
     *
     * @throws CertificateProblem if one exists already or cannot be written
     */
    public void write(Path certPath, Path keyPath) throws CertificateProblem {
        for (Path path : List.of(certPath, keyPath)) {
            if (Files.exists(path)) {
                throw new CertificateProblem(path + " exists; it is not overwritten");
            }
        }
        put(keyPath, keyPem, "rw-------");
        put(certPath, certificatePem, "rw-r--r--");
    }

    private static void put(Path path, String text, String mode) throws CertificateProblem {
        Path target = path.toAbsolutePath();
        try {
            Path dir = java.util.Objects.requireNonNull(target.getParent());
            Files.createDirectories(dir);
            Path draft =
                    Files.createTempFile(
                            dir,
                            ".new",
                            ".pem",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            try {
                Files.writeString(draft, text);
                Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString(mode));
                Files.createLink(target, draft);
            } finally {
                Files.delete(draft);
            }
        } catch (FileAlreadyExistsException e) {
            throw new CertificateProblem(path + " exists; it is not overwritten", e);
        } catch (IOException | UncheckedIOException e) {
            throw new CertificateProblem(path + " cannot be written", e);
        }
    }

    @Override
    public String toString() {
        return "SelfSignedCertificate[****]";
    }
}
