package io.gemproxy.server.listener.certificates;

import java.nio.file.Path;
import java.util.List;

/**
 * The {@code server.tls} section, or {@code admin.tls}.
 *
 * @param enabled whether the port speaks TLS
 * @param certPath PEM chain; made self-signed when missing
 * @param keyPath PEM private key, 0600
 * @param acmeEnabled whether certificates shall come from ACME
 * @param acmeDomains the names to put into the certificate
 */
public record TlsConfig(
        boolean enabled,
        Path certPath,
        Path keyPath,
        boolean acmeEnabled,
        List<String> acmeDomains) {
    /** Whether both ports would serve the same certificate. */
    public boolean sharesFilesOf(TlsConfig other) {
        return enabled
                && other.enabled
                && certPath.equals(other.certPath)
                && keyPath.equals(other.keyPath);
    }
}
