package io.gemproxy.server.admin;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The {@code admin} section.
 *
 * @param host address to bind; loopback unless told otherwise
 * @param port TCP port; 0 lets the kernel choose
 * @param openEndpoints whether metrics, performance and errors are served without a token
 * @param socket a Unix socket that needs no token
 * @param allowedOrigins whose pages may use the port from a browser; usually nobody's
 */
public record AdminConfig(
        String host,
        int port,
        boolean openEndpoints,
        Optional<Path> socket,
        List<URI> allowedOrigins) {
    public AdminConfig {
        allowedOrigins = List.copyOf(allowedOrigins);
    }
}
