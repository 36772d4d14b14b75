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
        Farewell farewell = new Farewell(connection, response);
        response.beforeSend(farewell);
        connections.exchangeStarted();
        try {
            chain.proceed();
        } finally {
            connections.exchangeEnded();
        }
        if (farewell.mustClose()) {
            if (connection.bodyPending()) {
                connection.linger();
            }
            throw new CloseConnectionException("last request of this connection");
        }
    }

    /**
     * Whether an answer is the last one, decided once, when its head leaves: a client that was not
     * told may already be sending its next request.
     */
    private static final class Farewell implements Runnable {
        private final DownstreamConnection connection;
        private final RoutingResponse response;
        private boolean last;
        private boolean complete;

        Farewell(DownstreamConnection connection, RoutingResponse response) {
            this.connection = connection;
            this.response = response;
        }

        @Override
        public void run() {
            last = connection.closeAsked() || connection.draining() || connection.unreadableRest();
            complete =
                    response.status().code() >= 400
                            || response.headers().contains(HeaderNames.CONTENT_LENGTH);
            if (last && complete) {
                response.headers().set(HeaderValues.CONNECTION_CLOSE);
            }
        }

        boolean mustClose() {
            return last
                    || connection.unreadableRest()
                    || (!complete && connection.draining())
                    || isAnnounced();
        }

        /** Helidon's own word for a connection that stays need not be taken apart. */
        private boolean isAnnounced() {
            var headers = response.headers();
            return headers.contains(HeaderNames.CONNECTION)
                    && !headers.get(HeaderNames.CONNECTION).get().equals("keep-alive")
                    && headers.containsToken(HeaderValues.CONNECTION_CLOSE);
        }
    }
}
