package io.gemproxy.server.listener.certificates.acme;

import io.gemproxy.server.listener.certificates.acme.AcmeConfig.KeyAlgorithm;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Signs whatever a test wishes. */
public final class TestIssuer {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final X500Name name;
    private final KeyPair pair = KeyAlgorithm.P256.generate(RANDOM);
    private final X509Certificate certificate;

    public TestIssuer(String name) {
        this.name = new X500Name("CN=" + name);
        Instant now = Instant.EPOCH;
        try {
            X509v3CertificateBuilder builder =
                    new JcaX509v3CertificateBuilder(
                            this.name,
                            BigInteger.ONE,
                            Date.from(now),
                            Date.from(Instant.parse("2200-01-01T00:00:00Z")),
                            this.name,
                            pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            certificate = signed(builder);
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** For these names and this key, between these moments. */
    public X509Certificate issue(List<String> names, PublicKey key, Instant from, Instant until) {
        try {
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            X509v3CertificateBuilder builder =
                    new JcaX509v3CertificateBuilder(
                            name,
                            new BigInteger(120, RANDOM).setBit(1),
                            Date.from(from),
                            Date.from(until),
                            new X500Name("CN=" + names.getFirst()),
                            key);
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    identifiers.createAuthorityKeyIdentifier(pair.getPublic()));
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(
                            names.stream()
                                    .map(it -> new GeneralName(GeneralName.dNSName, it))
                                    .toArray(GeneralName[]::new)));
            return signed(builder);
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** The same certificate as somebody else's, of another time. */
    public X509Certificate again(X509Certificate other, Duration later) {
        try {
            X509v3CertificateBuilder builder =
                    new JcaX509v3CertificateBuilder(
                            name,
                            other.getSerialNumber(),
                            Date.from(other.getNotBefore().toInstant().plus(later)),
                            Date.from(other.getNotAfter().toInstant().plus(later)),
                            new X500Name(other.getSubjectX500Principal().getName()),
                            other.getPublicKey());
            X509CertificateHolder holder = new JcaX509CertificateHolder(other);
            for (ASN1ObjectIdentifier kept :
                    List.of(Extension.authorityKeyIdentifier, Extension.subjectAlternativeName)) {
                builder.addExtension(holder.getExtension(kept));
            }
            return signed(builder);
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    X509Certificate signed(X509v3CertificateBuilder builder) throws Exception {
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(
                                new JcaContentSignerBuilder("SHA256withECDSA")
                                        .build(pair.getPrivate())));
    }

    X500Name name() {
        return name;
    }
}
