package io.gemproxy.server.config;

import static io.gemproxy.server.config.Rows.flag;
import static io.gemproxy.server.config.Rows.host;
import static io.gemproxy.server.config.Rows.optional;
import static io.gemproxy.server.config.Rows.whole;

import java.util.List;

/** The rows of the table of settings that are about the admin port. */
final class AdminSettings {
    private AdminSettings() {}

    static List<Setting> all() {
        return List.of(
                host("admin.host", "127.0.0.1", "The address the admin port binds.").onRestart(),
                whole("admin.port", 0, 65_535, "9090", "The admin port; 0 lets the kernel choose.")
                        .onRestart(),
                flag(
                        "admin.open_endpoints",
                        "true",
                        "Whether metrics, performance and errors need no token."),
                whole(
                        "admin.token_expiry_hours",
                        1,
                        720,
                        "12",
                        "How long the token of a login or refresh is valid."),
                whole(
                        "admin.session_timeout_minutes",
                        1,
                        43_200,
                        "60",
                        "A session that is not used for so long is over."),
                whole(
                        "admin.max_login_attempts",
                        1,
                        100,
                        "5",
                        "Vain logins of an address until it is locked out; ten times as many of all"
                                + " addresses lock the account."),
                whole(
                        "admin.lockout_duration_minutes",
                        1,
                        1_440,
                        "15",
                        "For how long, from the last vain login."),
                flag("admin.tls.enabled", "false", "Whether the admin port speaks TLS.")
                        .onRestart(),
                optional(
                        "admin.tls.cert_path",
                        new Kind.FilePath(),
                        "certs/admin-cert.pem",
                        "The certificate chain (PEM); without: that of server.tls."),
                optional(
                        "admin.tls.key_path",
                        new Kind.FilePath(),
                        "certs/admin-key.pem",
                        "Its private key (PEM), mode 0600; without: that of server.tls."),
                optional(
                                "admin.socket",
                                new Kind.FilePath(),
                                "/run/gemproxy/admin.sock",
                                "A Unix socket (mode 0660) on which the admin API needs no token;"
                                        + " without: none.")
                        .onRestart(),
                optional(
                        "admin.cors.allowed_origins",
                        new Kind.Origins(),
                        "[\"https://ops.example.com\"]",
                        "Origins whose pages may use the admin API from a browser (CORS);"
                                + " without: none."),
                flag(
                        "admin.config_writes",
                        "true",
                        "Whether the admin API may change this file and that of the keys."));
    }
}
