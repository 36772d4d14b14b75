package io.gemproxy.server.upstream;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An EC certificate, its own authority, and the contexts of both ends. */
final class TestCertificate {
    private static final char[] PASSWORD = "unused".toCharArray();

    private final KeyStore keys;
    private final KeyStore trusted;

    private TestCertificate(KeyStore keys, KeyStore trusted) {
        this.keys = keys;
        this.trusted = trusted;
    }

    static TestCertificate forHost(String host) throws Exception {
        return create(host, Duration.ofDays(1));
    }

    static TestCertificate expiredForHost(String host) throws Exception {
        return create(host, Duration.ofDays(-1));
    }

    private static TestCertificate create(String host, Duration validity) throws Exception {
        KeyPair authority = keyPair();
        KeyPair server = keyPair();
        X509v3CertificateBuilder root =
                certificate("CN=test authority", authority.getPublic(), Duration.ofDays(1));
        root.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        X509v3CertificateBuilder leaf = certificate("CN=test", server.getPublic(), validity);
        leaf.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
        KeyStore keys = emptyStore();
        X509Certificate[] chain = {signed(leaf, authority)};
        keys.setKeyEntry("server", server.getPrivate(), PASSWORD, chain);
        KeyStore trusted = emptyStore();
        trusted.setCertificateEntry("authority", signed(root, authority));
        return new TestCertificate(keys, trusted);
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static KeyPair keyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X509v3CertificateBuilder certificate(
            String subject, PublicKey key, Duration validity) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                new X500Name("CN=test authority"),
                BigInteger.valueOf(subject.length()),
                Date.from(now.minus(Duration.ofDays(2))),
                Date.from(now.plus(validity)),
                new X500Name(subject),
                key);
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, KeyPair authority)
            throws Exception {
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(
                                new JcaContentSignerBuilder("SHA256withECDSA")
                                        .build(authority.getPrivate())));
    }

    SSLContext server() throws Exception {
        KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    SSLContext client() throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
