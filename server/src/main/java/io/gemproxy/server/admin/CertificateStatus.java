package io.gemproxy.server.admin;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A certificate that is served.
 *
 * @param listener which port shows it: {@code proxy} or {@code admin}
 * @param source where it comes from: {@code file}; or {@code memory}, where it stands in for one
 *     that the file does not hold
 * @param path of that file
 * @param subject its distinguished name
 * @param issuer that of who signed it
 * @param selfSigned whether nobody else vouches for it
 * @param hosts names and addresses it is for
 * @param notBefore its first moment
 * @param notAfter its last moment
 * @param sha256 its fingerprint, as {@code openssl x509 -fingerprint -sha256} writes it
 * @param problem why what is in the port's files now is not served, if it is not
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
        String sha256,
        Optional<String> problem) {
    public CertificateStatus {
        hosts = List.copyOf(hosts);
    }

    /** What a certificate says. */
    public static CertificateStatus of(
            String listener,
            String source,
            Path file,
            X509Certificate leaf,
            List<String> hosts,
            Optional<String> problem) {
        String subject = leaf.getSubjectX500Principal().getName();
        String issuer = leaf.getIssuerX500Principal().getName();
        return new CertificateStatus(
                listener,
                source,
                file.toString(),
                subject,
                issuer,
                subject.equals(issuer),
                hosts,
                leaf.getNotBefore().toInstant(),
                leaf.getNotAfter().toInstant(),
                fingerprint(leaf),
                problem);
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
