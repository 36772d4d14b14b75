package io.gemproxy.server.admin;

/**
 * The {@code admin} section.
 *
 * @param host address to bind; loopback unless told otherwise
 * @param port TCP port; 0 lets the kernel choose
 * @param openEndpoints whether metrics, performance and errors are served without a token
 */
public record AdminConfig(String host, int port, boolean openEndpoints) {}
