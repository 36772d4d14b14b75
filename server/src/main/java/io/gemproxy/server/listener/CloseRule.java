package io.gemproxy.server.listener;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/**
 * Ends connections that must not serve another request: asked for by either side, body not read, or
 * the listener drains. A stream is never announced as the last answer, since some SDKs then take a
 * cut for its end.
 */
final class CloseRule implements Filter {
    private final Connections connections;

    CloseRule(Connections connections) {
        this.connections = connections;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        DownstreamConnection connection = DownstreamConnection.OWN.get();
        response.beforeSend(() -> announce(connection, response));
        connections.exchangeStarted();
        try {
            chain.proceed();
        } finally {
            connections.exchangeEnded();
        }
        boolean close =
                connection.closeAsked()
                        || connection.draining()
                        || connection.unreadableRest()
                        || response.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
        if (close) {
            if (connection.bodyPending()) {
                connection.linger();
            }
            throw new CloseConnectionException("last request of this connection");
        }
    }

    private static void announce(DownstreamConnection connection, RoutingResponse response) {
        boolean last =
                connection.closeAsked() || connection.draining() || connection.unreadableRest();
        boolean complete =
                response.status().code() >= 400
                        || response.headers().contains(HeaderNames.CONTENT_LENGTH);
        if (last && complete) {
            response.headers().set(HeaderValues.CONNECTION_CLOSE);
        }
    }
}
