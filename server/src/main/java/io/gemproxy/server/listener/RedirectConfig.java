package io.gemproxy.server.listener;

/**
 * The {@code server.tls.http_redirect} section: the port of plain HTTP.
 *
 * @param enabled whether it is opened
 * @param asked whether the operator says so; where it is only needed for ACME, a port that cannot
 *     be had is a warning
 * @param host address to bind
 * @param port TCP port; 0 lets the kernel choose
 */
public record RedirectConfig(boolean enabled, boolean asked, String host, int port) {
    /** Not opened. */
    public static final RedirectConfig OFF = new RedirectConfig(false, false, "127.0.0.1", 0);
}
