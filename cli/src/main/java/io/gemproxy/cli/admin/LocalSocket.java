package io.gemproxy.cli.admin;

import io.helidon.common.tls.Tls;
import io.helidon.webclient.api.ClientConnection;
import io.helidon.webclient.api.UnixDomainSocketClientConnection;
import io.helidon.webclient.api.WebClient;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The Unix socket of the server on this machine, written {@code unix:/run/gemproxy/admin.sock}. */
final class LocalSocket {
    static final String SCHEME = "unix";

    /** What the server is called on its socket. */
    static final URI NAME = URI.create("http://localhost");

    private LocalSocket() {}

    static URI uri(Path socket) {
        try {
            return new URI(SCHEME, null, socket.toAbsolutePath().toString(), null);
        } catch (URISyntaxException impossible) {
            throw new IllegalArgumentException(socket.toString(), impossible);
        }
    }

    static Optional<Path> path(URI server) {
        return SCHEME.equals(server.getScheme())
                ? Optional.of(Path.of(server.getPath()))
                : Optional.empty();
    }

    /** Whether this user may, and somebody answers; never waits. */
    static boolean isOpen(Path socket) {
        try (SocketChannel knock = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            knock.configureBlocking(false);
            return knock.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException | IllegalArgumentException closed) {
            return false;
        }
    }

    /** A connection for one request of that client, which does not connect to sockets by itself. */
    static ClientConnection connect(WebClient client, Path socket) {
        return UnixDomainSocketClientConnection.create(
                        client,
                        Tls.builder().enabled(false).build(),
                        List.of(),
                        UnixDomainSocketAddress.of(socket),
                        _ -> false,
                        _ -> {})
                .connect();
    }
}
