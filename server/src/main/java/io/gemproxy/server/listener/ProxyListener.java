package io.gemproxy.server.listener;

import io.gemproxy.server.proxy.ExchangeHandler;
import io.helidon.webserver.http.HttpRouting;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;

/** The proxy port: client traffic and nothing else. */
public final class ProxyListener implements AutoCloseable {
    private static final Duration WRITE_STALL = Duration.ofMinutes(2);

    private final GuardedServer server;

    /**
     * @param tls empty for plain HTTP
     * @param handler serves what names a path of the Gemini API
     * @param up what {@code GET /health} says
     */
    public ProxyListener(
            ServerConfig config,
            Optional<SSLContext> tls,
            ExchangeHandler handler,
            BooleanSupplier up,
            RequestIds ids,
            InstantSource clock,
            LongSupplier nanoTime) {
        Deadlines deadlines =
                new Deadlines(
                        config.headerTimeout(),
                        config.bodyTimeout(),
                        config.idleTimeout(),
                        WRITE_STALL);
        SocketSettings settings =
                new SocketSettings(
                        config.host(), config.port(), config.maxConnections(), deadlines);
        ProxyRoutes routes = new ProxyRoutes(handler, up, ids, clock, nanoTime);
        this.server =
                new GuardedServer(
                        "proxy", settings, tls, HttpRouting.builder().any(routes), nanoTime);
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

    public int openConnections() {
        return server.openConnections();
    }

    /**
     * From now on complete answers carry {@code Connection: close}; streams run on to their proper
     * end.
     */
    public void beginDrain() {
        server.beginDrain();
    }

    public boolean draining() {
        return server.draining();
    }

    /**
     * Waits for running requests.
     *
     * @return whether all ended in time
     */
    public boolean awaitQuiet(Duration patience) throws InterruptedException {
        return server.awaitQuiet(patience);
    }

    /** Whether the socket still accepts connections. */
    public boolean accepts(Duration patience) {
        return server.accepts(patience);
    }

    /** Stops accepting and cuts what still runs. */
    @Override
    public void close() {
        server.close();
    }
}
