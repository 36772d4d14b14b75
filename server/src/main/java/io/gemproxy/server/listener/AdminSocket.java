package io.gemproxy.server.listener;

import io.gemproxy.server.admin.LocalPeer;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.listener.unix.PeerUser;
import io.gemproxy.server.listener.unix.SocketFile;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.Router;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The admin API on a Unix socket: the guard, the deadlines and the routes of the admin port, and
 * the kernel's word for who asks. Its accept loop is our own, since Helidon's does not show the
 * sockets it takes.
 */
public final class AdminSocket implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AdminSocket.class.getName());
    private static final String NAME = "admin-socket";
    private static final Duration AFTER_FAILURE = Duration.ofMillis(100);

    private final SocketFile file;
    private final Connections connections;
    private final GuardedSelector selector;
    private final Router router;
    private final LocalListener listener;
    private final Semaphore places = new Semaphore(AdminListener.MAX_CONNECTIONS);
    private final CountDownLatch stop = new CountDownLatch(1);

    private AdminSocket(
            SocketFile file,
            GuardedServer.Setup setup,
            HttpRouting.Builder routing,
            LongSupplier nanoTime) {
        this.file = file;
        connections = new Connections(NAME, nanoTime);
        selector = new GuardedSelector(connections, setup, nanoTime);
        LastResort last = new LastResort(setup.refusals());
        router = Router.builder().addRouting(last.around(routing, connections)).build();
        listener = LocalListener.with(last.directHandlers());
    }

    /**
     * Opens the socket.
     *
     * @param ids names requests that are refused before they reach the routing
     * @param nanoTime the monotonic clock
     * @throws ListenerFailed if that cannot be
     */
    public static AdminSocket start(
            Path path, HttpRouting.Builder routing, Supplier<RequestId> ids, LongSupplier nanoTime)
            throws ListenerFailed {
        SocketFile file;
        try {
            file = SocketFile.bind(path);
        } catch (IOException failed) {
            throw new ListenerFailed(
                    "the Unix socket admin.socket cannot be opened: " + failed.getMessage(),
                    failed);
        }
        GuardedServer.Setup setup =
                AdminListener.setup(NAME, path.toString(), 0, Optional.empty(), ids);
        AdminSocket socket = new AdminSocket(file, setup, routing, nanoTime);
        socket.router.beforeStart();
        Thread.ofPlatform().daemon().name(NAME).start(socket::accept);
        return socket;
    }

    private void accept() {
        try {
            while (stop.getCount() > 0) {
                places.acquire();
                acceptOne();
            }
        } catch (ClosedChannelException closed) {
            LOG.log(Level.DEBUG, "the Unix socket is closed");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void acceptOne() throws ClosedChannelException, InterruptedException {
        try {
            SocketChannel channel = file.channel().accept();
            Thread.ofVirtual().name(NAME + "-connection").start(() -> serve(channel));
        } catch (ClosedChannelException closed) {
            throw closed;
        } catch (IOException full) {
            places.release();
            LOG.log(Level.WARNING, "the Unix socket could not take a connection: {0}", full);
            var _ = stop.await(AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void serve(SocketChannel channel) {
        try (channel) {
            LocalPeer peer = new LocalPeer(PeerUser.of(channel));
            LocalConnection connection = LocalConnection.of(channel, listener, router);
            ScopedValue.where(LocalPeer.CURRENT, peer).run(() -> handle(connection));
        } catch (IOException gone) {
            LOG.log(Level.DEBUG, "a connection of the Unix socket ended", gone);
        } finally {
            places.release();
        }
    }

    private void handle(LocalConnection connection) {
        try {
            ServerConnection http = selector.connection(connection);
            if (stop.getCount() > 0) {
                http.handle(listener.limit());
            }
        } catch (CloseConnectionException | UncheckedIOException ended) {
            LOG.log(Level.DEBUG, "a connection of the Unix socket ended", ended);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        stop.countDown();
        file.close();
        connections.close();
        listener.close();
    }
}
