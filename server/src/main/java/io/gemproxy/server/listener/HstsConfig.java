package io.gemproxy.server.listener;

import java.time.Duration;

/**
 * The {@code server.tls.hsts} section (RFC 6797): whether clients are told to come by TLS only.
 *
 * @param enabled off by default: a browser that was told goes by it on every port of the host
 * @param maxAge how long they shall remember; zero makes them forget
 * @param includeSubdomains whether that holds for the names below the host's too
 */
public record HstsConfig(boolean enabled, Duration maxAge, boolean includeSubdomains) {
    /** Says nothing. */
    public static final HstsConfig OFF = new HstsConfig(false, Duration.ZERO, false);

    /** The field's value. */
    String value() {
        return "max-age=" + maxAge.toSeconds() + (includeSubdomains ? "; includeSubDomains" : "");
    }
}
