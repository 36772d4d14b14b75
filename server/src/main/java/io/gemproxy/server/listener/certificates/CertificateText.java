package io.gemproxy.server.listener.certificates;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/** What a self-signed certificate says (RFC 5280), and its signature. */
final class CertificateText {
    private static final Duration CLOCKS_LAG = Duration.ofHours(1);
    private static final int LONGEST_COMMON_NAME = 64; // RFC 5280, appendix A: ub-common-name
    private static final int SERIAL_BITS = 159; // positive and within 20 octets
    private static final Pattern DNS_NAME =
            Pattern.compile(
                    "(?=.{1,253}$)(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
                            + "(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*");

    private CertificateText() {}

    static X509Certificate selfSigned(
            List<String> hosts, Duration life, Instant now, KeyPair pair, SecureRandom random)
            throws GeneralSecurityException {
        try {
            var signer =
                    new JcaContentSignerBuilder("SHA256withECDSA")
                            .setSecureRandom(random)
                            .build(pair.getPrivate());
            return new JcaX509CertificateConverter()
                    .getCertificate(builder(hosts, life, now, pair, random).build(signer));
        } catch (OperatorCreationException | IOException impossible) {
            throw new IllegalStateException("a certificate of our own making", impossible);
        }
    }

    static boolean isHost(String host) {
        return IPAddress.isValid(host) || DNS_NAME.matcher(host).matches();
    }

    private static X509v3CertificateBuilder builder(
            List<String> hosts, Duration life, Instant now, KeyPair pair, SecureRandom random)
            throws GeneralSecurityException, IOException {
        X500Name name = commonName(hosts.getFirst());
        return new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(SERIAL_BITS, random).setBit(0),
                        Date.from(now.minus(CLOCKS_LAG)),
                        Date.from(now.plus(life)),
                        name,
                        pair.getPublic())
                .addExtension(Extension.subjectAlternativeName, false, names(hosts))
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(
                        Extension.extendedKeyUsage,
                        false,
                        new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                .addExtension(
                        Extension.subjectKeyIdentifier,
                        false,
                        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
    }

    private static X500Name commonName(String host) {
        String name = host.length() <= LONGEST_COMMON_NAME ? host : "gemproxy";
        return new X500NameBuilder().addRDN(BCStyle.CN, name).build();
    }

    private static GeneralNames names(List<String> hosts) {
        return new GeneralNames(
                hosts.stream().map(CertificateText::name).toArray(GeneralName[]::new));
    }

    private static GeneralName name(String host) {
        if (!isHost(host)) {
            throw new IllegalArgumentException("neither a host name nor an address: " + host);
        }
        int type = IPAddress.isValid(host) ? GeneralName.iPAddress : GeneralName.dNSName;
        return new GeneralName(type, host);
    }
}
