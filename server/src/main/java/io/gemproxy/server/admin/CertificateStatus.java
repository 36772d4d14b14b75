package io.gemproxy.server.admin;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A certificate that is served.
 *
 * @param listener which port shows it: {@code proxy} or {@code admin}
 * @param source where it comes from: {@code file}
 * @param path of that file
 * @param subject its distinguished name
 * @param issuer that of who signed it
 * @param selfSigned whether nobody else vouches for it
 * @param hosts names and addresses it is for
 * @param notBefore its first moment
 * @param notAfter its last moment
 * @param sha256 its fingerprint, as {@code openssl x509 -fingerprint -sha256} writes it
 */
public record CertificateStatus(
        String listener,
        String source,
        String path,
        String subject,
        String issuer,
        boolean selfSigned,
        List<String> hosts,
        Instant notBefore,
        Instant notAfter,
        String sha256) {
    private static final int DNS_NAME = 2; // RFC 5280, section 4.2.1.6
    private static final int IP_ADDRESS = 7;

    public CertificateStatus {
        hosts = List.copyOf(hosts);
    }

    /** What a certificate of a file says. */
    public static CertificateStatus ofFile(String listener, Path file, X509Certificate leaf) {
        String subject = leaf.getSubjectX500Principal().getName();
        String issuer = leaf.getIssuerX500Principal().getName();
        return new CertificateStatus(
                listener,
                "file",
                file.toString(),
                subject,
                issuer,
                subject.equals(issuer),
                hosts(leaf),
                leaf.getNotBefore().toInstant(),
                leaf.getNotAfter().toInstant(),
                fingerprint(leaf));
    }

    private static List<String> hosts(X509Certificate leaf) {
        try {
            Collection<List<?>> names = leaf.getSubjectAlternativeNames();
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

    private static String fingerprint(X509Certificate leaf) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(leaf.getEncoded());
            return HexFormat.ofDelimiter(":").formatHex(digest).toUpperCase(Locale.ROOT);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
