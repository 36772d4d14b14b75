package io.gemproxy.server.listener.certificates.acme;

import io.gemproxy.server.listener.certificates.acme.AcmeConfig.KeyAlgorithm;
import java.io.IOException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** A request for a certificate (RFC 2986): names as alternative names, no subject. */
final class SigningRequest {
    private static final ASN1ObjectIdentifier EXTENSIONS =
            PKCSObjectIdentifiers.pkcs_9_at_extensionRequest;

    private SigningRequest() {}

    /** In DER. */
    static byte[] of(List<String> domains, KeyPair pair, KeyAlgorithm type, SecureRandom random) {
        try {
            ExtensionsGenerator extensions = new ExtensionsGenerator();
            extensions.addExtension(Extension.subjectAlternativeName, false, names(domains));
            return new JcaPKCS10CertificationRequestBuilder(new X500Name(""), pair.getPublic())
                    .addAttribute(EXTENSIONS, extensions.generate())
                    .build(
                            new JcaContentSignerBuilder(type.signature())
                                    .setSecureRandom(random)
                                    .build(pair.getPrivate()))
                    .getEncoded();
        } catch (IOException | OperatorCreationException impossible) {
            throw new IllegalStateException("a request of our own making", impossible);
        }
    }

    private static GeneralNames names(List<String> domains) {
        return new GeneralNames(
                domains.stream()
                        .map(domain -> new GeneralName(GeneralName.dNSName, domain))
                        .toArray(GeneralName[]::new));
    }
}
