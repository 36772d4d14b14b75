package io.gemproxy.server.config;

import io.gemproxy.server.listener.HstsConfig;
import io.gemproxy.server.listener.RedirectConfig;
import io.gemproxy.server.listener.certificates.TlsConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Makes the records of TLS on the proxy port out of the values that were read. */
final class TlsAssembly {
    private static final String REDIRECT = "server.tls.http_redirect.";
    private static final String HSTS = "server.tls.hsts.";

    private final Reading read;
    private final Leaves leaves;

    TlsAssembly(Reading read, Leaves leaves) {
        this.read = read;
        this.leaves = leaves;
    }

    /** Further certificates; what an entry lacks the review reports. */
    List<TlsConfig.Files> certificates() {
        return leaves.entryPaths(TlsSettings.CERTIFICATES).stream()
                .map(this::certificate)
                .flatMap(Optional::stream)
                .toList();
    }

    /** That of one entry, if it names both of its files. */
    Optional<TlsConfig.Files> certificate(String entry) {
        Optional<Path> certificate = read.optionalPath(entry + ".cert_path");
        Optional<Path> key = read.optionalPath(entry + ".key_path");
        return certificate.flatMap(its -> key.map(it -> new TlsConfig.Files(its, it)));
    }

    HstsConfig hsts() {
        return new HstsConfig(
                read.flag(HSTS + "enabled"),
                read.seconds(HSTS + "max_age_seconds"),
                read.flag(HSTS + "include_subdomains"));
    }

    /** By itself only where an authority would knock at it. */
    RedirectConfig redirect() {
        Optional<Boolean> asked = read.optionalFlag(REDIRECT + "enabled");
        boolean needed =
                read.flag("server.tls.acme.enabled")
                        && read.choice("server.tls.acme.challenge").equals("http-01");
        return new RedirectConfig(
                read.flag("server.tls.enabled") && asked.orElse(needed),
                asked.isPresent(),
                read.optionalHost(REDIRECT + "host").orElseGet(() -> read.host("server.host")),
                read.number(REDIRECT + "port"));
    }
}
