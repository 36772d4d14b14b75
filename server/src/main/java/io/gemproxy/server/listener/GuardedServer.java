package io.gemproxy.server.listener;

import io.helidon.common.tls.Tls;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;

/**
 * A Helidon server on one socket with everything a proxy needs switched on and nothing found by
 * accident.
 */
final class GuardedServer implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(20);

    private final String name;
    private final String host;
    private final WebServer server;
    private final Connections connections;
    private final AtomicBoolean draining = new AtomicBoolean();
    private final LongAdder running = new LongAdder();
    private final LongSupplier nanoTime;

    /**
     * @param name of the listener, for messages
     * @param settings where and how much
     * @param tls empty for plain HTTP
     */
    GuardedServer(
            String name,
            SocketSettings settings,
            Optional<SSLContext> tls,
            HttpRouting.Builder routing,
            LongSupplier nanoTime) {
        this.name = name;
        this.host = settings.host();
        this.nanoTime = nanoTime;
        this.connections = new Connections(settings.deadlines(), nanoTime);
        WebServerConfig.Builder config = WebServer.builder();
        tls.ifPresent(context -> config.tls(tlsOf(context)));
        this.server =
                config.host(settings.host())
                        .port(settings.port())
                        .shutdownHook(false)
                        .protocolsDiscoverServices(false)
                        .featuresDiscoverServices(false)
                        .addConnectionSelector(new GuardedSelector(connections))
                        .connectionOptions(options -> options.tcpNoDelay(true))
                        .maxTcpConnections(settings.maxConnections())
                        .idleConnectionTimeout(settings.deadlines().idle().plusSeconds(30))
                        .shutdownGracePeriod(Duration.ZERO)
                        .contentEncoding(
                                ContentEncodingContext.builder()
                                        .contentEncodingsDiscoverServices(false)
                                        .addContentEncoding(new PassThroughEncoding())
                                        .build())
                        .directHandlers(plainErrors())
                        .routing(routing.addFilter(new Gate(draining, running)))
                        .build();
    }

    /**
     * Binds and serves.
     *
     * @throws ListenerFailedException if the address cannot be bound
     */
    void start() throws ListenerFailedException {
        try {
            server.start();
        } catch (RuntimeException failed) {
            throw new ListenerFailedException(cannotBind());
        }
        if (!server.isRunning()) {
            connections.close();
            throw new ListenerFailedException(cannotBind());
        }
    }

    int port() {
        return server.port();
    }

    int openConnections() {
        return connections.count();
    }

    /** From now on complete answers announce the end of their connection. */
    void beginDrain() {
        draining.set(true);
    }

    boolean draining() {
        return draining.get();
    }

    /** Waits until no request is in work. */
    boolean awaitQuiet(Duration patience) throws InterruptedException {
        long end = nanoTime.getAsLong() + patience.toNanos();
        while (running.sum() > 0 && nanoTime.getAsLong() - end < 0) {
            Thread.sleep(POLL);
        }
        return running.sum() == 0;
    }

    /**
     * Whether the listener still accepts, found by knocking: a dead accept loop looks alive from
     * inside.
     */
    boolean accepts(Duration patience) {
        try (Socket knock = new Socket()) {
            knock.connect(new InetSocketAddress(knockAddress(), port()), (int) patience.toMillis());
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    @Override
    public void close() {
        server.stop();
        connections.close();
    }

    private String knockAddress() {
        return host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
    }

    private String cannotBind() {
        return "the "
                + name
                + " listener cannot bind "
                + host
                + ":"
                + server.prototype().port()
                + ": the port is taken or the address is not ours; choose another "
                + (name.equals("admin") ? "admin.port" : "server.port");
    }

    private static Tls tlsOf(SSLContext context) {
        return Tls.builder()
                .sslContext(context)
                .addEnabledProtocol("TLSv1.3")
                .addEnabledProtocol("TLSv1.2")
                .enabledCipherSuites(CipherSuites.AEAD)
                .build();
    }

    /** What Helidon itself refuses is said in the same shape. */
    private static DirectHandlers plainErrors() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, GuardedServer::plainError);
        }
        return handlers.build();
    }

    private static DirectHandler.TransportResponse plainError(
            DirectHandler.TransportRequest request,
            DirectHandler.EventType type,
            io.helidon.http.Status status,
            io.helidon.http.ServerResponseHeaders headers,
            String message) {
        int code = status.code();
        String body =
                "{\"error\":{\"code\":"
                        + code
                        + ",\"message\":\"The request could not be served (gemproxy).\",\"status\":\""
                        + (code < 500 ? "INVALID_ARGUMENT" : "INTERNAL")
                        + "\"}}\n";
        return DirectHandler.TransportResponse.builder()
                .status(status)
                .headers(headers)
                .keepAlive(false)
                .header(HeaderNames.CONTENT_TYPE, "application/json")
                .entity(body.getBytes(StandardCharsets.UTF_8))
                .build();
    }
}
