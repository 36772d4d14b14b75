package io.gemproxy.server.admin;

import java.util.Map;

/**
 * What every answer of this port tells a browser: keep it, frame it, run it and lend it to other
 * sites never.
 */
final class SecurityHeaders {
    static final Map<String, String> ALL =
            Map.of(
                    "Cache-Control", "no-store",
                    "X-Content-Type-Options", "nosniff",
                    "X-Frame-Options", "DENY",
                    "Referrer-Policy", "no-referrer",
                    "Cross-Origin-Resource-Policy", "same-origin",
                    "Cross-Origin-Opener-Policy", "same-origin",
                    "Content-Security-Policy",
                            "default-src 'none'; frame-ancestors 'none'; base-uri 'none';"
                                    + " form-action 'none'");

    private SecurityHeaders() {}
}
