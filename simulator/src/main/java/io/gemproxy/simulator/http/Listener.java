package io.gemproxy.simulator.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Accepts connections and runs each on a virtual thread of its own. */
public final class Listener implements Closeable {
    private final ServerSocket server;
    private final Service service;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    private Listener(ServerSocket server, Service service) {
        this.server = server;
        this.service = service;
    }

    /** Binds (port 0: the kernel chooses) and starts to accept. */
    public static Listener start(InetAddress host, int port, Service service) throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(host, port), 1024);
        } catch (IOException | RuntimeException failed) {
            server.close();
            throw failed;
        }
        Listener listener = new Listener(server, service);
        Thread.ofPlatform().name("simulator-accept").daemon().start(listener::accept);
        return listener;
    }

    /** The port bound. */
    public int port() {
        return server.getLocalPort();
    }

    /** How many connections are open. */
    public int connections() {
        return connections.size();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Connection connection : connections) {
            connection.close();
        }
    }

    private void accept() {
        long count = 0;
        while (!server.isClosed()) {
            try {
                start(++count, server.accept());
            } catch (SocketException closed) {
                if (server.isClosed()) {
                    return;
                }
            } catch (IOException failed) {
                // one connection that did not come about: the next may
            }
        }
    }

    private void start(long id, Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        Connection connection = new Connection(id, socket, service);
        connections.add(connection);
        Thread.ofVirtual()
                .name("connection-" + id)
                .start(() -> {
                    try {
                        connection.run();
                    } finally {
                        connections.remove(connection);
                    }
                });
    }
}
