package io.gemproxy.server.listener.certificates.acme;

import io.gemproxy.server.listener.certificates.ServedCertificate;
import io.gemproxy.server.listener.certificates.acme.AcmeConfig.KeyAlgorithm;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** What an authority is shown in a handshake for {@code acme-tls/1} (RFC 8737, section 3). */
final class AlpnCertificate {
    /** id-pe-acmeIdentifier. */
    private static final ASN1ObjectIdentifier ACME_IDENTIFIER =
            new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.31");

    private static final Duration LIFE = Duration.ofDays(7);
    private static final X500Name NAME = new X500Name("CN=acme-tls-alpn-01");

    private AlpnCertificate() {}

    /**
     * @param digest the SHA-256 of the key authorization
     */
    static ServedCertificate of(String domain, byte[] digest, Instant now, SecureRandom random) {
        KeyPair pair = KeyAlgorithm.P256.generate(random);
        try {
            X509v3CertificateBuilder builder =
                    new JcaX509v3CertificateBuilder(
                            NAME,
                            new BigInteger(64, random).setBit(0),
                            Date.from(now.minus(LIFE)),
                            Date.from(now.plus(LIFE)),
                            NAME,
                            pair.getPublic());
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, domain)));
            builder.addExtension(ACME_IDENTIFIER, true, new DEROctetString(digest));
            var signer =
                    new JcaContentSignerBuilder(KeyAlgorithm.P256.signature())
                            .setSecureRandom(random)
                            .build(pair.getPrivate());
            return new ServedCertificate(
                    List.of(
                            new JcaX509CertificateConverter()
                                    .getCertificate(builder.build(signer))),
                    pair.getPrivate());
        } catch (IOException | OperatorCreationException | GeneralSecurityException impossible) {
            throw new IllegalStateException("a certificate of our own making", impossible);
        }
    }
}
