package io.gemproxy.server.listener.certificates;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A root, an authority below it, and the certificates it signs. */
final class TestAuthority {
    static final Instant FROM = yesterday();
    static final Instant UNTIL = FROM.plusSeconds(90 * 86_400);

    private static final SecureRandom RANDOM = new SecureRandom();

    final X509Certificate root;
    final X509Certificate intermediate;
    private final KeyPair intermediateKey;

    TestAuthority(String name) throws Exception {
        KeyPair rootKey = ec();
        intermediateKey = ec();
        X500Name top = new X500Name("CN=root of " + name);
        X500Name middle = new X500Name("CN=" + name);
        root = signed(top, top, rootKey.getPublic(), FROM, UNTIL, List.of(), rootKey, true);
        intermediate =
                signed(
                        top,
                        middle,
                        intermediateKey.getPublic(),
                        FROM,
                        UNTIL,
                        List.of(),
                        rootKey,
                        true);
    }

    /** A certificate for these hosts. */
    X509Certificate issue(KeyPair key, String... hosts) throws Exception {
        return issue(key, FROM, UNTIL, hosts);
    }

    X509Certificate issue(KeyPair key, Instant from, Instant until, String... hosts)
            throws Exception {
        return signed(
                new X500Name(intermediate.getSubjectX500Principal().getName()),
                new X500Name("CN=" + hosts[0].replace("*", "any")),
                key.getPublic(),
                from,
                until,
                List.of(hosts),
                intermediateKey,
                false);
    }

    /** A certificate of a fresh EC key with its chain, ready to be served. */
    ServedCertificate served(String... hosts) throws Exception {
        KeyPair key = ec();
        return new ServedCertificate(List.of(issue(key, hosts), intermediate), key.getPrivate());
    }

    static KeyPair ec() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
        return generator.generateKeyPair();
    }

    static KeyPair rsa(int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits, RANDOM);
        return generator.generateKeyPair();
    }

    static void write(Path file, X509Certificate... chain) throws Exception {
        StringBuilder text = new StringBuilder();
        for (X509Certificate each : chain) {
            text.append(pem("CERTIFICATE", each.getEncoded()));
        }
        Files.writeString(file, text, StandardCharsets.US_ASCII);
    }

    static void write(Path file, PrivateKey key) throws Exception {
        Files.writeString(file, pem("PRIVATE KEY", key.getEncoded()), StandardCharsets.US_ASCII);
    }

    /** Both files of a served certificate. */
    static void write(TlsConfig.Files files, ServedCertificate served) throws Exception {
        write(files.certPath(), served.chain().toArray(X509Certificate[]::new));
        write(files.keyPath(), served.key());
    }

    private static String pem(String type, byte[] der) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
    }

    private static X509Certificate signed(
            X500Name issuer,
            X500Name subject,
            java.security.PublicKey key,
            Instant from,
            Instant until,
            List<String> hosts,
            KeyPair by,
            boolean authority)
            throws Exception {
        var builder =
                new JcaX509v3CertificateBuilder(
                        issuer,
                        new BigInteger(100, RANDOM).setBit(0),
                        Date.from(from),
                        Date.from(until),
                        subject,
                        key);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        if (!hosts.isEmpty()) {
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(
                            hosts.stream().map(TestAuthority::name).toArray(GeneralName[]::new)));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(
                                new JcaContentSignerBuilder("SHA256withECDSA")
                                        .build(by.getPrivate())));
    }

    private static GeneralName name(String host) {
        boolean address = host.matches("[0-9.]+") || host.contains(":");
        return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host);
    }

    private static Instant yesterday() {
        return Instant.now().truncatedTo(ChronoUnit.DAYS).minusSeconds(86_400);
    }
}
