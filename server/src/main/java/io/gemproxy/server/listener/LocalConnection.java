package io.gemproxy.server.listener;

import io.gemproxy.server.admin.LocalPeer;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.NioSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.socket.SocketWriter;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.Router;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.security.Principal;
import java.security.cert.Certificate;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** A connection of the Unix socket, as Helidon's HTTP sees one. */
record LocalConnection(
        HelidonSocket serverSocket,
        DataReader dataReader,
        DataWriter dataWriter,
        LocalListener listenerContext,
        Router router,
        PeerInfo remotePeer)
        implements ConnectionContext {
    static LocalConnection of(SocketChannel channel, LocalListener listener, Router router)
            throws IOException {
        NioSocket socket = NioSocket.server(channel, "unix", "admin-socket");
        return new LocalConnection(
                socket,
                DataReader.create(socket),
                SocketWriter.create(socket),
                listener,
                router,
                new Nameless(channel.getLocalAddress()));
    }

    @Override
    public ExecutorService executor() {
        return listenerContext.executor();
    }

    @Override
    public PeerInfo localPeer() {
        return remotePeer;
    }

    @Override
    public boolean isSecure() {
        return false;
    }

    @Override
    public String socketId() {
        return serverSocket.socketId();
    }

    @Override
    public String childSocketId() {
        return serverSocket.childSocketId();
    }

    /** Whoever connects to a Unix socket has no address. */
    private record Nameless(SocketAddress address) implements PeerInfo {
        @Override
        public String host() {
            return LocalPeer.ADDRESS;
        }

        @Override
        public int port() {
            return 0;
        }

        @Override
        public Optional<Principal> tlsPrincipal() {
            return Optional.empty();
        }

        @Override
        public Optional<Certificate[]> tlsCertificates() {
            return Optional.empty();
        }
    }
}
