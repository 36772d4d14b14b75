package io.gemproxy.server.listener;

import io.gemproxy.server.listener.inherited.Inheritance;
import io.gemproxy.server.listener.inherited.InheritedListener;
import io.gemproxy.server.proxy.WireHeader;
import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderNames;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;

/** One Helidon server on one port, with the guard, the deadlines and the close rule in front. */
final class GuardedServer implements AutoCloseable {
    private final WebServer server;
    private final Connections connections;
    private final String host;
    private final int port;
    private final Optional<InheritedListener> inherited;

    private GuardedServer(
            WebServer server,
            Connections connections,
            String host,
            Optional<InheritedListener> inherited) {
        this.server = server;
        this.connections = connections;
        this.host = host;
        this.inherited = inherited;
        this.port = server.port();
    }

    /**
     * What a listener is made of.
     *
     * @param name for threads and messages
     * @param port 0 lets the kernel choose
     * @param maxConnections more wait in the kernel's backlog
     * @param perAddress connections of one address
     * @param refusals what becomes of heads that are refused
     * @param tls empty for plain HTTP
     * @param strict what is said on TLS answers, if clients shall come by TLS only
     */
    record Setup(
            String name,
            String host,
            int port,
            int maxConnections,
            AddressConnections perAddress,
            Timeouts timeouts,
            WireLimits limits,
            HeadRefusals refusals,
            Optional<SSLContext> tls,
            Optional<StrictTransport> strict) {}

    static GuardedServer start(Setup setup, HttpRouting.Builder routing, LongSupplier nanoTime)
            throws ListenerFailed {
        requireFreePort(setup.name(), setup.host(), setup.port());
        Connections connections = new Connections(setup.name(), nanoTime);
        WebServer server = build(setup, routing, connections, nanoTime);
        try {
            server.start();
        } catch (RuntimeException e) {
            connections.close();
            throw new ListenerFailed(address(setup) + " cannot be bound", e);
        }
        if (!server.isRunning()) {
            connections.close();
            server.stop();
            throw new ListenerFailed(address(setup) + " cannot be bound: is the port taken?");
        }
        return new GuardedServer(
                server,
                connections,
                setup.host(),
                inherited(setup.name(), setup.host(), setup.port()));
    }

    private static Optional<InheritedListener> inherited(String name, String host, int port)
            throws ListenerFailed {
        try {
            return Inheritance.at(port);
        } catch (IOException unusable) {
            throw new ListenerFailed(
                    address(name, host, port)
                            + " was handed over and cannot be used: "
                            + unusable.getMessage(),
                    unusable);
        }
    }

    /** Helidon only logs why a bind failed, so it is tried once before. */
    static void requireFreePort(String name, String host, int port) throws ListenerFailed {
        if (inherited(name, host, port).isPresent()) {
            return;
        }
        try (java.net.ServerSocket probe = new java.net.ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(host, port));
        } catch (IOException | IllegalArgumentException e) {
            throw new ListenerFailed(
                    address(name, host, port) + " cannot be bound: " + e.getMessage(), e);
        }
    }

    private static String address(Setup setup) {
        return address(setup.name(), setup.host(), setup.port());
    }

    private static String address(String name, String host, int port) {
        return "the " + name + " listener's address " + host + ":" + port;
    }

    private static WebServer build(
            Setup setup,
            HttpRouting.Builder routing,
            Connections connections,
            LongSupplier nanoTime) {
        setup.strict().ifPresent(routing::addFilter);
        LastResort last = new LastResort(setup.refusals());
        WebServerConfig.Builder builder =
                WebServer.builder()
                        .host(setup.host())
                        .port(setup.port())
                        .protocolsDiscoverServices(false)
                        .featuresDiscoverServices(false)
                        .shutdownHook(false)
                        .shutdownGracePeriod(Duration.ofMillis(100))
                        .maxTcpConnections(setup.maxConnections())
                        .idleConnectionTimeout(Duration.ofDays(1))
                        .connectionOptions(options -> options.tcpNoDelay(true))
                        .contentEncoding(
                                ContentEncodingContext.builder()
                                        .contentEncodingsDiscoverServices(false)
                                        .build())
                        .directHandlers(last.directHandlers())
                        .addConnectionSelector(new GuardedSelector(connections, setup, nanoTime))
                        .routing(last.around(routing, connections));
        setup.tls().ifPresent(context -> builder.tls(tls(context)));
        return builder.build();
    }

    private static Tls tls(SSLContext context) {
        return Tls.builder()
                .sslContext(context)
                .enabledProtocols(java.util.List.of("TLSv1.3", "TLSv1.2"))
                .enabledCipherSuites(
                        io.gemproxy.server.listener.certificates.CipherSuites.AEAD_ONLY)
                .build();
    }

    /** Helidon would send the body of an answer to HEAD too. */
    static void sendJson(ServerRequest request, ServerResponse response, byte[] body) {
        response.headers().set(HeaderNames.CONTENT_TYPE, "application/json");
        send(request, response, body);
    }

    /** The same where the type was set before. */
    static void send(ServerRequest request, ServerResponse response, byte[] body) {
        if (request.prologue().method().text().equals("HEAD")) {
            response.headers().set(WireHeader.lengthOfNothing(body.length));
            response.send();
        } else {
            response.send(body);
        }
    }

    int port() {
        return port;
    }

    Connections connections() {
        return connections;
    }

    void beginDrain() {
        inherited.ifPresent(InheritedListener::stop);
        connections.drain();
    }

    boolean awaitDrained(Duration atMost) throws InterruptedException {
        return connections.awaitDrained(atMost, inherited.map(socket -> socket::open));
    }

    /** Whether connections are taken, or would be if there were room for more. */
    boolean accepts(Duration atMost) {
        try {
            InetAddress bound = boundAddress();
            InetAddress target =
                    bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
            return Knock.isAnswered(new InetSocketAddress(target, port()), atMost)
                    || Knock.waitsForRoom();
        } catch (IOException e) {
            return false;
        }
    }

    /** An inherited socket is where its opener bound it, whatever {@code server.host} says. */
    private InetAddress boundAddress() throws IOException {
        Optional<InetAddress> handedOver =
                inherited.isPresent() ? inherited.get().address() : Optional.empty();
        return handedOver.isPresent() ? handedOver.get() : InetAddress.getByName(host);
    }

    @Override
    public void close() {
        connections.close();
        server.stop();
    }
}
