package io.gemproxy.server.listener;

import io.helidon.webserver.http.HttpRouting;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The admin port: health, metrics and the admin API, behind the same guard of the wire. */
public final class AdminListener implements AutoCloseable {
    private static final int CONNECTIONS = 200;
    private static final Deadlines DEADLINES =
            new Deadlines(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(75),
                    Duration.ofSeconds(30));

    private final GuardedServer server;

    /**
     * @param port 0 lets the kernel choose
     */
    public AdminListener(
            String host, int port, HttpRouting.Builder routing, LongSupplier nanoTime) {
        this.server =
                new GuardedServer(
                        "admin",
                        new SocketSettings(host, port, CONNECTIONS, DEADLINES),
                        Optional.empty(),
                        routing,
                        nanoTime);
    }

    /**
     * Binds and serves.
     *
     * @throws ListenerFailedException if the address cannot be bound
     */
    public void start() throws ListenerFailedException {
        server.start();
    }

    /** The bound port. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
