package io.gemproxy.cli.cert;

import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a certificate says.
 *
 * @param subject its name
 * @param issuer who signed it
 * @param hosts names and addresses it is for
 * @param from its first moment
 * @param until its last moment
 * @param key the kind and size of its key
 * @param signature the algorithm of its signature
 * @param serial in hex
 * @param sha256 its fingerprint
 */
record CertificateFacts(
        String subject,
        String issuer,
        List<String> hosts,
        Instant from,
        Instant until,
        String key,
        String signature,
        String serial,
        String sha256) {
    private static final int DNS_NAME = 2; // RFC 5280, section 4.2.1.6
    private static final int IP_ADDRESS = 7;

    static CertificateFacts of(X509Certificate certificate) {
        return new CertificateFacts(
                certificate.getSubjectX500Principal().getName(),
                certificate.getIssuerX500Principal().getName(),
                hosts(certificate),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                key(certificate.getPublicKey()),
                certificate.getSigAlgName(),
                certificate.getSerialNumber().toString(16),
                Fingerprint.of(certificate));
    }

    boolean isSelfSigned() {
        return subject.equals(issuer);
    }

    boolean isValidAt(Instant moment) {
        return !moment.isBefore(from) && !moment.isAfter(until);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("subject", subject);
        json.put("issuer", issuer);
        json.put("hosts", hosts);
        json.put("not_before", from.toString());
        json.put("not_after", until.toString());
        json.put("key", key);
        json.put("signature_algorithm", signature);
        json.put("serial", serial);
        json.put("sha256", sha256);
        return json;
    }

    private static List<String> hosts(X509Certificate certificate) {
        try {
            var names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> isHost(name.getFirst()))
                            .map(name -> String.valueOf(name.get(1)))
                            .toList();
        } catch (CertificateParsingException odd) {
            return List.of();
        }
    }

    private static boolean isHost(Object kind) {
        return kind.equals(DNS_NAME) || kind.equals(IP_ADDRESS);
    }

    private static String key(PublicKey key) {
        return switch (key) {
            case ECPublicKey ec -> "EC " + ec.getParams().getOrder().bitLength() + " bits";
            case RSAPublicKey rsa -> "RSA " + rsa.getModulus().bitLength() + " bits";
            default -> key.getAlgorithm();
        };
    }
}
