package io.gemproxy.server.config;

import static io.gemproxy.server.config.Rows.flag;
import static io.gemproxy.server.config.Rows.oneOf;
import static io.gemproxy.server.config.Rows.optional;
import static io.gemproxy.server.config.Rows.secret;
import static io.gemproxy.server.config.Rows.standard;
import static io.gemproxy.server.config.Rows.whole;

import java.util.List;

/** The rows of the table of settings that are about certificates by ACME. */
final class AcmeSettings {
    static final String SECTION = "server.tls.acme";

    private AcmeSettings() {}

    static List<Setting> all() {
        return List.of(
                flag(
                                SECTION + ".enabled",
                                "false",
                                "Certificates by ACME, stored in cert_path and key_path; a self-signed"
                                        + " one until the first is there.")
                        .onRestart(),
                standard(
                                SECTION + ".domains",
                                new Kind.Texts(),
                                "[]",
                                "The names to put into the certificate.",
                                "[\"proxy.example.com\"]")
                        .onRestart(),
                standard(
                                SECTION + ".email",
                                new Kind.Text(true),
                                "",
                                "The contact of the ACME account.",
                                "admin@example.com")
                        .onRestart(),
                standard(
                                SECTION + ".directory_url",
                                new Kind.Text(false),
                                "https://acme-v02.api.letsencrypt.org/directory",
                                "The directory of the certificate authority; ordering agrees to its"
                                        + " terms of service.")
                        .onRestart(),
                optional(
                                SECTION + ".fallback_directory_url",
                                new Kind.Text(false),
                                "https://acme.example.com/directory",
                                "The directory of another authority, asked when the first one gives no"
                                        + " certificate.")
                        .onRestart(),
                standard(
                                SECTION + ".challenge",
                                oneOf("http-01", "tls-alpn-01", "dns-01"),
                                "http-01",
                                "How the authority checks that a name is ours.",
                                "http-01")
                        .onRestart(),
                standard(
                                SECTION + ".key_type",
                                oneOf("p256", "p384", "rsa2048", "rsa4096"),
                                "p256",
                                "The kind of the certificate's key, which is a new one each time.")
                        .onRestart(),
                optional(
                                SECTION + ".profile",
                                new Kind.Text(false),
                                "shortlived",
                                "Which of the authority's profiles the certificate shall have; without:"
                                        + " the authority's choice.")
                        .onRestart(),
                optional(
                                SECTION + ".eab_kid",
                                new Kind.Text(false),
                                "kid-1",
                                "The name of an account elsewhere to bind ours to (external account"
                                        + " binding).")
                        .onRestart(),
                secret(
                                SECTION + ".eab_hmac_key",
                                "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W",
                                "The key that the authority gave with it, base64url.")
                        .onRestart(),
                optional(
                                SECTION + ".ca_file",
                                new Kind.FilePath(),
                                "/etc/gemproxy/private-ca.pem",
                                "Certificates (PEM) that vouch for a private authority's directory,"
                                        + " instead of those that everybody trusts.")
                        .onRestart(),
                optional(
                                SECTION + ".dns_hook",
                                new Kind.FilePath(),
                                "/etc/gemproxy/dns-hook",
                                "The program that makes and removes DNS records for dns-01.")
                        .onRestart(),
                whole(
                                SECTION + ".dns_hook_timeout_seconds",
                                1,
                                300,
                                "120",
                                "When that program is killed.")
                        .onRestart(),
                optional(
                                SECTION + ".storage_dir",
                                new Kind.FilePath(),
                                "/srv/shared/gemproxy-acme",
                                "Where account key, schedule and lock are kept; instances that share it"
                                        + " and the certificate's files order once; without: acme in"
                                        + " state.dir.")
                        .onRestart());
    }
}
