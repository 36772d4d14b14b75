package io.gemproxy.server.listener.certificates;

import java.nio.file.Path;
import java.util.List;

/**
 * The {@code server.tls} section.
 *
 * @param enabled whether the proxy port speaks TLS
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
        List<String> acmeDomains) {}
