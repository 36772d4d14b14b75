package io.gemproxy.server.config;

import io.gemproxy.server.listener.certificates.TlsConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Judges certificate and key of a port as they lie there. Where neither does, a self-signed pair
 * will be made; what this user may not read is left to the one who runs the server.
 */
final class CertificateReview {
    private static final Duration SOON = Duration.ofDays(14);

    /** Of its life: one of six days is renewed when half of it is left. */
    private static final int SOON_PART = 4;

    private static final int MOST_BYTES = 1 << 20;

    private final TlsConfig.Files files;
    private final String certPath;
    private final String keyPath;
    private final Leaves leaves;
    private final Report report;
    private final Instant now;
    private final Spot whole;

    /**
     * @param section of the settings, or entry of a list, that names the files
     */
    CertificateReview(
            String section,
            TlsConfig.Files files,
            Leaves leaves,
            Report report,
            Instant now,
            Spot whole) {
        this.files = files;
        certPath = section + ".cert_path";
        keyPath = section + ".key_path";
        this.leaves = leaves;
        this.report = report;
        this.now = now;
        this.whole = whole;
    }

    /** Of a port's own pair, which is made where there is none. */
    void run() {
        String fix = "put both there, or neither: then a self-signed pair is made";
        alone(certPath, files.certPath(), keyPath, files.keyPath(), fix);
        alone(keyPath, files.keyPath(), certPath, files.certPath(), fix);
        look();
    }

    /** Of a further pair, which must be there. */
    void runOfMore() {
        missing(certPath, files.certPath(), "name a PEM file with a certificate");
        missing(keyPath, files.keyPath(), "name the PEM file with its key");
        look();
    }

    private void look() {
        if (Files.exists(files.certPath())) {
            content(certPath, files.certPath()).ifPresent(this::certificate);
        }
        if (Files.exists(files.keyPath())) {
            content(keyPath, files.keyPath()).ifPresent(this::key);
            FileModes.ofSecret(files.keyPath(), at(keyPath), keyPath, report);
        }
    }

    /** A file in a directory this user may not enter is neither there nor missing. */
    private void alone(String there, Path file, String missing, Path other, String fix) {
        if (Files.exists(file) && Files.notExists(other)) {
            unusable(missing, "the file does not exist, but that of " + there + " does", fix);
        }
    }

    private void missing(String path, Path file, String fix) {
        if (Files.notExists(file)) {
            unusable(path, "the file does not exist", fix);
        }
    }

    private Optional<String> content(String path, Path file) {
        if (FileFault.isNoFile(file)) {
            return unusable(path, FileFault.NO_FILE, "name a PEM file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                return unusable(path, "the file is larger than 1 MiB", "is it the right file?");
            }
            return Optional.of(new String(bytes, StandardCharsets.ISO_8859_1));
        } catch (AccessDeniedException notOurs) {
            return Optional.empty();
        } catch (IOException unreadable) {
            return unusable(path, FileFault.of(file, unreadable), "name a PEM file");
        }
    }

    private void certificate(String pem) {
        int begin = pem.indexOf("-----BEGIN CERTIFICATE-----");
        if (begin < 0) {
            unusable(
                    certPath,
                    "the file holds no certificate",
                    "name a PEM file with -----BEGIN CERTIFICATE-----");
            return;
        }
        try (InputStream in =
                new ByteArrayInputStream(
                        pem.substring(begin).getBytes(StandardCharsets.ISO_8859_1))) {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            X509Certificate first = (X509Certificate) factory.generateCertificate(in);
            expiry(first.getNotBefore().toInstant(), first.getNotAfter().toInstant());
            beginning(first.getNotBefore().toInstant());
        } catch (CertificateException | IOException broken) {
            unusable(
                    certPath,
                    "the file holds a certificate that cannot be read",
                    "see what openssl x509 -in FILE -noout -text says of it");
        }
    }

    private void expiry(Instant first, Instant end) {
        Duration part = Duration.between(first, end).dividedBy(SOON_PART);
        Duration soon = part.compareTo(SOON) < 0 ? part : SOON;
        String renew = "renew it; gemproxy-cli cert inspect FILE shows its dates";
        if (end.isBefore(now)) {
            report.add(
                    Rule.CERTIFICATE_EXPIRED,
                    at(certPath),
                    certPath,
                    "the certificate expired at " + end + "; clients refuse it",
                    renew);
        } else if (end.isBefore(now.plus(soon))) {
            report.add(
                    Rule.CERTIFICATE_EXPIRES_SOON,
                    at(certPath),
                    certPath,
                    "the certificate expires at " + end,
                    renew);
        }
    }

    private void beginning(Instant first) {
        if (now.isBefore(first)) {
            report.add(
                    Rule.CERTIFICATE_NOT_YET_VALID,
                    at(certPath),
                    certPath,
                    "the certificate is valid from " + first + "; until then clients refuse it",
                    "wait, set this machine's clock, or have one made that is valid now");
        }
    }

    private void key(String pem) {
        if (pem.contains("ENCRYPTED")) {
            unusable(keyPath, "the key is encrypted", "decrypt it with: openssl pkey -in FILE");
        } else if (!pem.contains("PRIVATE KEY-----")) {
            unusable(
                    keyPath,
                    "the file holds no private key",
                    "name a PEM file with -----BEGIN PRIVATE KEY-----");
        }
    }

    private Optional<String> unusable(String path, String what, String fix) {
        report.add(Rule.CERTIFICATE_UNUSABLE, at(path), path, what, fix);
        return Optional.empty();
    }

    private Spot at(String path) {
        return leaves.find(path).map(Leaf::spot).orElseGet(() -> leaves.sectionSpot(path, whole));
    }
}
