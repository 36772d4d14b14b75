package io.gemproxy.server.config;

import static io.gemproxy.server.config.Rows.file;
import static io.gemproxy.server.config.Rows.flag;
import static io.gemproxy.server.config.Rows.host;
import static io.gemproxy.server.config.Rows.oneOf;
import static io.gemproxy.server.config.Rows.optional;
import static io.gemproxy.server.config.Rows.seconds;
import static io.gemproxy.server.config.Rows.standard;
import static io.gemproxy.server.config.Rows.whole;

import java.util.List;

/**
 * The rows of the table of settings that are about the proxy port: addresses, limits of size and
 * time, TLS.
 */
final class ServerSettings {
    private static final long MILLION = 1_000_000;

    private ServerSettings() {}

    static List<Setting> all() {
        return List.of(
                host("server.host", "0.0.0.0", "The address the proxy port binds.").onRestart(),
                whole("server.port", 0, 65_535, "8443", "The proxy port; 0 lets the kernel choose.")
                        .onRestart(),
                optional(
                        "server.workers",
                        new Kind.Whole(1, 65_536),
                        "4",
                        "Accepted for compatibility; requests run on virtual threads."),
                whole("server.max_connections", 1, MILLION, "1000", "Open client connections.")
                        .onRestart(),
                optional(
                                "server.max_connections_per_address",
                                new Kind.Whole(1, MILLION),
                                "100",
                                "Open connections of one client address; without: any number.")
                        .onRestart(),
                optional(
                                "server.trusted_proxies",
                                new Kind.Texts(),
                                "[\"10.0.0.0/8\"]",
                                "Networks of the proxies before this one, which are believed where a"
                                        + " request comes from; without: none.")
                        .onRestart(),
                standard(
                                "server.client_address_header",
                                oneOf("x-forwarded-for", "forwarded"),
                                "x-forwarded-for",
                                "The header in which trusted proxies say so.",
                                "forwarded")
                        .onRestart(),
                whole(
                        "server.shutdown_grace_seconds",
                        0,
                        3_600,
                        "30",
                        "How long running requests may go on after SIGTERM."),
                whole(
                                "server.max_request_body_bytes",
                                1_024,
                                1L << 40,
                                "104857600",
                                "The largest body of a call that is not an upload.")
                        .onRestart(),
                whole(
                                "server.max_upload_bytes",
                                1_024,
                                1L << 40,
                                "4294967296",
                                "The largest body of one upload request; uploads are streamed.")
                        .onRestart(),
                optional(
                                "server.public_url",
                                new Kind.Origin(),
                                "https://proxy.example.com",
                                "Where clients reach this server, if a proxy before it ends TLS; without"
                                        + " it, what their requests say.")
                        .onRestart(),
                flag("server.allow_plaintext", "false", "Permits a public address without TLS."),
                seconds("server.header_timeout_seconds", 600, "10", "Until a request's head is in.")
                        .onRestart(),
                seconds(
                                "server.body_timeout_seconds",
                                3_600,
                                "60",
                                "The longest silence inside a request body.")
                        .onRestart(),
                seconds(
                                "server.idle_timeout_seconds",
                                3_600,
                                "75",
                                "The longest silence between two requests of a connection.")
                        .onRestart(),
                whole(
                                "server.min_body_bytes_per_second",
                                0,
                                MILLION,
                                "240",
                                "The least of a request body on the average, after five seconds; 0: any"
                                        + " pace.")
                        .onRestart(),
                flag("server.tls.enabled", "true", "Whether the proxy port speaks TLS.")
                        .onRestart(),
                file(
                        "server.tls.cert_path",
                        "certs/cert.pem",
                        "The certificate chain (PEM); a self-signed one is made if it is missing."),
                file("server.tls.key_path", "certs/key.pem", "The private key (PEM), mode 0600."));
    }
}
