package io.gemproxy.server.config;

import static io.gemproxy.server.config.Rows.flag;
import static io.gemproxy.server.config.Rows.optional;
import static io.gemproxy.server.config.Rows.secret;
import static io.gemproxy.server.config.Rows.whole;

import java.util.List;

/** The rows of the table of settings that are about who may call at all. */
final class AuthenticationSettings {
    private static final long MILLION = 1_000_000;

    private AuthenticationSettings() {}

    static List<Setting> all() {
        return List.of(
                flag("auth.enabled", "true", "Without it the proxy serves loopback only.")
                        .onRestart(),
                secret(
                                "auth.jwt_secret",
                                "${JWT_SECRET}",
                                "Signs and verifies client tokens (HS256/384/512); at least 32 bytes.")
                        .onRestart(),
                whole(
                                "auth.clock_skew_seconds",
                                0,
                                300,
                                "30",
                                "How far the clocks of token issuers may be off.")
                        .onRestart(),
                optional(
                        "auth.rate_limit_per_minute",
                        new Kind.Whole(1, MILLION),
                        "60",
                        "Requests per minute of a client that has no own limit; without: none."),
                secret(
                        "auth.admin_password",
                        "${ADMIN_PASSWORD}",
                        "The password login of the admin port, at least 12 characters."));
    }
}
