package io.gemproxy.cli.admin;

import io.gemproxy.server.exchange.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Where to ask and with what.
 *
 * @param server scheme, host and port; or {@code unix:} and the path of a socket
 * @param credential an admin token; a socket needs none
 * @param trust who may be that server; empty but for https
 */
public record AdminTarget(URI server, Optional<Secret> credential, Optional<SSLContext> trust) {
    static AdminTarget ofSocket(URI server) {
        return new AdminTarget(server, Optional.empty(), Optional.empty());
    }

    /** The path of the Unix socket, if that is the way. */
    Optional<Path> socket() {
        return LocalSocket.path(server);
    }
}
