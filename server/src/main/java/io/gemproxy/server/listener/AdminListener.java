package io.gemproxy.server.listener;

import io.gemproxy.server.exchange.RequestId;
import io.helidon.webserver.http.HttpRouting;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** The admin port: the same guard and deadlines around a routing of the admin room. */
public final class AdminListener implements AutoCloseable {
    static final int MAX_CONNECTIONS = 100;
    private static final long MAX_BODY_BYTES = 4L << 20;
    private static final Timeouts TIMEOUTS =
            new Timeouts(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(75),
                    Duration.ofSeconds(1),
                    240);

    private final GuardedServer server;

    private AdminListener(GuardedServer server) {
        this.server = server;
    }

    /**
     * Opens the port.
     *
     * @param port 0 lets the kernel choose
     * @param tls empty for plain HTTP
     * @param ids names requests that are refused before they reach the routing
     * @param nanoTime the monotonic clock
     * @throws ListenerFailed if the address cannot be bound
     */
    public static AdminListener start(
            String host,
            int port,
            Optional<SSLContext> tls,
            HttpRouting.Builder routing,
            Supplier<RequestId> ids,
            LongSupplier nanoTime)
            throws ListenerFailed {
        return new AdminListener(
                GuardedServer.start(setup("admin", host, port, tls, ids), routing, nanoTime));
    }

    /** How strictly whoever administers is heard, wherever. */
    static GuardedServer.Setup setup(
            String name, String host, int port, Optional<SSLContext> tls, Supplier<RequestId> ids) {
        return new GuardedServer.Setup(
                name,
                host,
                port,
                MAX_CONNECTIONS,
                AddressConnections.UNLIMITED,
                TIMEOUTS,
                WireLimits.withBody(MAX_BODY_BYTES),
                new HeadRefusals(ids, new ProblemRefusals(), refused -> {}),
                tls,
                Optional.empty());
    }

    /** The port that was bound. */
    public int port() {
        return server.port();
    }

    /** Whether the port still takes connections. */
    public boolean accepts(Duration atMost) {
        return server.accepts(atMost);
    }

    @Override
    public void close() {
        server.close();
    }
}
