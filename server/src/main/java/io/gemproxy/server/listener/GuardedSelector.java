package io.gemproxy.server.listener;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;
import java.util.function.LongSupplier;

/** Puts the guard between each accepted socket and Helidon's HTTP/1.1 parser. */
final class GuardedSelector implements ServerConnectionSelector {
    private final Connections connections;
    private final AddressConnections perAddress;
    private final Timeouts timeouts;
    private final WireLimits limits;
    private final HeadRefusals refusals;
    private final LongSupplier nanoTime;
    private final Http1ConnectionSelector http1;

    GuardedSelector(Connections connections, GuardedServer.Setup setup, LongSupplier nanoTime) {
        this.connections = connections;
        this.perAddress = setup.perAddress();
        this.timeouts = setup.timeouts();
        this.limits = setup.limits();
        this.refusals = setup.refusals();
        this.nanoTime = nanoTime;
        this.http1 = Http1ConnectionSelector.builder().config(http1Config(limits)).build();
    }

    /** What the guard has checked need not be checked twice; its limits are the tighter ones. */
    private static Http1Config http1Config(WireLimits limits) {
        return Http1Config.builder()
                .maxPrologueLength(limits.requestLineBytes() + 64)
                .maxHeadersSize(limits.headerBytes() + 1024)
                .validatePrologue(false)
                .validatePath(false)
                .validateRequestHeaders(false)
                .build();
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http1.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http1.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http1.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        DownstreamConnection connection =
                new DownstreamConnection(
                        context, connections, timeouts, limits, refusals, nanoTime);
        connections.add(connection);
        return new GuardedConnection(
                connection, http1.connection(connection), connections, perAddress);
    }
}
