package io.gemproxy.server.listener.certificates;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The {@code server.tls} section, or {@code admin.tls}.
 *
 * @param enabled whether the port speaks TLS
 * @param certPath PEM chain; made self-signed when missing
 * @param keyPath PEM private key, 0600
 * @param acmeEnabled whether certificates shall come from ACME
 * @param acmeDomains the names to put into the certificate
 * @param others certificates for clients that ask for one of their names
 */
public record TlsConfig(
        boolean enabled,
        Path certPath,
        Path keyPath,
        boolean acmeEnabled,
        List<String> acmeDomains,
        List<Files> others) {
    /**
     * Where a certificate lies.
     *
     * @param certPath PEM chain
     * @param keyPath PEM private key
     */
    public record Files(Path certPath, Path keyPath) {}

    public TlsConfig {
        others = List.copyOf(others);
    }

    /** With one certificate. */
    public TlsConfig(
            boolean enabled,
            Path certPath,
            Path keyPath,
            boolean acmeEnabled,
            List<String> acmeDomains) {
        this(enabled, certPath, keyPath, acmeEnabled, acmeDomains, List.of());
    }

    /** The files of the main certificate. */
    public Files main() {
        return new Files(certPath, keyPath);
    }

    /** The files of all certificates, the main one's first. */
    public List<Files> all() {
        return Stream.concat(Stream.of(main()), others.stream()).toList();
    }

    /** Whether both ports would serve the same certificate. */
    public boolean sharesFilesOf(TlsConfig other) {
        return enabled && other.enabled && main().equals(other.main());
    }
}
