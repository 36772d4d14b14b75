package io.gemproxy.server.config;

import static io.gemproxy.server.config.Rows.flag;
import static io.gemproxy.server.config.Rows.optional;
import static io.gemproxy.server.config.Rows.whole;

import java.util.List;
import java.util.Optional;

/** The rows of the table of settings that are about TLS of the proxy port, besides its own pair. */
final class TlsSettings {
    /** The list of further certificates. */
    static final String CERTIFICATES = "server.tls.certificates";

    private static final long TWO_YEARS = 63_072_000;

    private TlsSettings() {}

    static List<Setting> all() {
        return List.of(
                row(
                        "cert_path",
                        "certs/other.pem",
                        "A certificate chain (PEM) for clients that ask for one of its names."),
                row("key_path", "certs/other-key.pem", "Its private key (PEM), mode 0600."),
                optional(
                                "server.tls.http_redirect.enabled",
                                new Kind.Flag(),
                                "true",
                                "Opens a port of plain HTTP that answers challenges of ACME and leads"
                                        + " everybody else to https; without: only for ACME by http-01.")
                        .onRestart(),
                optional(
                                "server.tls.http_redirect.host",
                                new Kind.Host(),
                                "0.0.0.0",
                                "The address that port binds; without: server.host.")
                        .onRestart(),
                whole(
                                "server.tls.http_redirect.port",
                                0,
                                65_535,
                                "80",
                                "Its number; 0 lets the kernel choose.")
                        .onRestart(),
                flag(
                                "server.tls.hsts.enabled",
                                "false",
                                "Tells clients to come by TLS only (RFC 6797), on every port of the"
                                        + " host.")
                        .onRestart(),
                whole(
                                "server.tls.hsts.max_age_seconds",
                                0,
                                TWO_YEARS,
                                "31536000",
                                "How long they shall remember; 0 makes them forget.")
                        .onRestart(),
                flag(
                                "server.tls.hsts.include_subdomains",
                                "false",
                                "Whether that holds for the names below the host's too.")
                        .onRestart());
    }

    private static Setting row(String name, String example, String doc) {
        return new Setting(
                CERTIFICATES + "[]." + name,
                new Kind.FilePath(),
                Optional.empty(),
                false,
                doc,
                example);
    }
}
