package io.gemproxy.server.listener;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/** Gives each accepted connection Helidon's HTTP/1.1 engine behind our guard. */
final class GuardedSelector implements ServerConnectionSelector {
    private static final int PROLOGUE = 17 * 1024;
    private static final int HEADERS = 64 * 1024;

    private final Http1ConnectionSelector http1 =
            Http1ConnectionSelector.builder()
                    .config(
                            Http1Config.builder()
                                    .maxPrologueLength(PROLOGUE)
                                    .maxHeadersSize(HEADERS)
                                    .validatePrologue(false)
                                    .build())
                    .build();
    private final Connections connections;

    GuardedSelector(Connections connections) {
        this.connections = connections;
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
        GuardedConnection guarded = connections.opened(context);
        return new GuardedServerConnection(guarded, http1.connection(guarded), connections);
    }
}
