package io.gemproxy.acceptance;

import io.gemproxy.emissions.SecretSearch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP relay in front of one port of the product that searches each byte the product sends; ends
 * and aborts of either side reach the other as they were.
 */
final class EmissionTap implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final String name;
    private final int target;
    private final SecretSearch search;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private EmissionTap(String name, int target, SecretSearch search) throws IOException {
        this.name = name;
        this.target = target;
        this.search = search;
        this.door = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    }

    /** Relays to that port of the loopback address. */
    static EmissionTap before(String name, int target, SecretSearch search) throws IOException {
        EmissionTap tap = new EmissionTap(name, target, search);
        Thread.ofVirtual().name("tap of the " + name).start(tap::accept);
        return tap;
    }

    /** Where clients connect to. */
    int port() {
        return door.getLocalPort();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> join(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void join(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            open.add(server);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Thread up = Thread.ofVirtual().start(() -> pump(client, server, null));
            pump(server, client, search.new Stream("what the " + name + " sent"));
            up.join();
            open.remove(server);
        } catch (IOException refused) {
            reset(client);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private static void pump(
            Socket from, Socket to, SecretSearch.@org.jspecify.annotations.Nullable Stream stream) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (stream != null) {
                    stream.next(buffer, read);
                }
                out.write(buffer, 0, read);
            }
            to.shutdownOutput();
        } catch (IOException aborted) {
            reset(to);
            reset(from);
        }
    }

    /** Closes so that the peer sees an abort, never an end. */
    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException alreadyGone) {
            // What was wanted.
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        open.forEach(EmissionTap::reset);
    }
}
