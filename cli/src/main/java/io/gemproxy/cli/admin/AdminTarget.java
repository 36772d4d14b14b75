package io.gemproxy.cli.admin;

import io.gemproxy.server.exchange.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where to ask and with what.
 *
 * @param server scheme, host and port; or {@code unix:} and the path of a socket
 * @param credential an admin token; a socket needs none
 */
public record AdminTarget(URI server, Optional<Secret> credential) {
    static AdminTarget of(URI server, Secret credential) {
        return new AdminTarget(server, Optional.of(credential));
    }

    /** The path of the Unix socket, if that is the way. */
    Optional<Path> socket() {
        return LocalSocket.path(server);
    }
}
