package io.gemproxy.server.listener;

import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.listener.inherited.Inheritance;
import io.gemproxy.server.proxy.ExchangeHandler;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;

/** The proxy port: client traffic and {@code /health}, nothing else. */
public final class ProxyListener implements AutoCloseable {
    private static final String NAME = "proxy";

    private final GuardedServer server;

    private ProxyListener(GuardedServer server) {
        this.server = server;
    }

    /**
     * Opens the port.
     *
     * @param tls empty for plain HTTP
     * @param targets what a request asks for; empty means 404
     * @param ids names requests
     * @param healthy what {@code /health} says
     * @param refusals is told of requests refused on the wire, before they became exchanges; {@code
     *     handler} is not
     * @param nanoTime the monotonic clock
     * @throws ListenerFailed if the address cannot be bound
     */
    public static ProxyListener start(
            ServerConfig config,
            Optional<SSLContext> tls,
            TargetParser targets,
            ExchangeHandler handler,
            BooleanSupplier healthy,
            RequestIds ids,
            FinishedExchange.Listener refusals,
            InstantSource clock,
            LongSupplier nanoTime)
            throws ListenerFailed {
        return start(
                config,
                Timeouts.of(config),
                tls,
                targets,
                handler,
                healthy,
                ids,
                refusals,
                clock,
                nanoTime);
    }

    static ProxyListener start(
            ServerConfig config,
            Timeouts timeouts,
            Optional<SSLContext> tls,
            TargetParser targets,
            ExchangeHandler handler,
            BooleanSupplier healthy,
            RequestIds ids,
            FinishedExchange.Listener refusals,
            InstantSource clock,
            LongSupplier nanoTime)
            throws ListenerFailed {
        Routes routes = new Routes(config, targets, handler, healthy, ids, clock, nanoTime);
        Optional<StrictTransport> strict =
                tls.isPresent() && config.hsts().enabled()
                        ? Optional.of(new StrictTransport(config.hsts()))
                        : Optional.empty();
        RefusalShape shape = new GeminiRefusals();
        long body = Math.max(config.maxRequestBodyBytes(), config.maxUploadBytes());
        GuardedServer.Setup setup =
                new GuardedServer.Setup(
                        NAME,
                        config.host(),
                        config.port(),
                        config.maxConnections(),
                        new AddressConnections(
                                config.maxConnectionsPerAddress(),
                                new ClientAddresses(config.trustedProxies())::isTrusted),
                        timeouts,
                        WireLimits.withBody(body),
                        new HeadRefusals(
                                ids::next,
                                strict.map(it -> it.on(shape)).orElse(shape),
                                new RefusalRecorder(targets, clock, nanoTime, refusals)),
                        tls,
                        strict);
        HttpRouting.Builder routing = HttpRouting.builder().any(routes::handle);
        return new ProxyListener(GuardedServer.start(setup, routing, nanoTime));
    }

    /**
     * Whether the port can be bound, before anything else is opened.
     *
     * @throws ListenerFailed if it cannot
     */
    public static void requireFree(ServerConfig config) throws ListenerFailed {
        try {
            Inheritance.warnUnlessAt(config.host(), config.port());
        } catch (IOException unusable) {
            throw new ListenerFailed("the socket that was handed over cannot be used", unusable);
        }
        GuardedServer.requireFreePort(NAME, config.host(), config.port());
    }

    /** The port that was bound. */
    public int port() {
        return server.port();
    }

    /** Open client connections. */
    public int connections() {
        return server.connections().count();
    }

    /** Exchanges that run now. */
    public int running() {
        return server.connections().running();
    }

    /** Bytes received since the start, without TLS. */
    public long bytesIn() {
        return server.connections().bytesIn();
    }

    /** Bytes sent since the start, without TLS. */
    public long bytesOut() {
        return server.connections().bytesOut();
    }

    /** Whether the port still takes connections; Helidon's accept loop can die silently. */
    public boolean accepts(Duration atMost) {
        return server.accepts(atMost);
    }

    /**
     * From now on each answer is the last of its connection. The port stays open, unless it was
     * inherited: then who connects waits for the process that inherits it next.
     */
    public void beginDrain() {
        server.beginDrain();
    }

    /**
     * Waits until all who were connected have been told that an answer was their last, or were idle
     * for some seconds; false if exchanges run still after {@code atMost}.
     */
    public boolean awaitDrained(Duration atMost) throws InterruptedException {
        return server.awaitDrained(atMost);
    }

    /** Waits until no exchange runs; false if some still do after {@code atMost}. */
    public boolean awaitQuiet(Duration atMost) throws InterruptedException {
        return server.connections().awaitQuiet(atMost);
    }

    /** Cuts what still runs, visibly, and frees the port. */
    @Override
    public void close() {
        server.close();
    }
}
