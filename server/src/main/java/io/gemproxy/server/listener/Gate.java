package io.gemproxy.server.listener;

import io.gemproxy.server.exchange.ClientConnection;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * Round every request: honours {@code Connection: close} by really closing, closes where the rest
 * of a body is in doubt, and announces the end of the connection while the server drains.
 */
final class Gate implements Filter {
    private final AtomicBoolean draining;
    private final LongAdder running;

    /**
     * @param draining whether the server is on its way out
     * @param running requests in work
     */
    Gate(AtomicBoolean draining, LongAdder running) {
        this.draining = draining;
        this.running = running;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        GuardedConnection connection = (GuardedConnection) ClientConnection.CURRENT.get();
        connection.stall().served();
        running.increment();
        boolean last = draining.get();
        try {
            if (last) {
                // a stream never carries it: AnswerConnection takes it off again
                response.beforeSend(() -> announceEnd(response));
            }
            chain.proceed();
        } finally {
            running.decrement();
        }
        boolean close =
                last
                        || draining.get()
                        || request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)
                        || response.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
        if (close && connection.requestRead()) {
            throw new CloseConnectionException("connection close requested");
        }
        if (!connection.requestRead()) {
            endUnread(connection, close || request.headers().contains(HeaderNames.EXPECT));
        }
    }

    /**
     * A client that waits for 100 may or may not send its body now: nobody can tell, so the
     * connection ends.
     */
    private static void endUnread(GuardedConnection connection, boolean close) {
        connection.unwanted();
        if (close) {
            connection.drainUnwanted();
            throw new CloseConnectionException("request body not read");
        }
    }

    private static void announceEnd(RoutingResponse response) {
        if (response.headers().contains(HeaderNames.CONTENT_LENGTH)) {
            response.headers().set(HeaderValues.CONNECTION_CLOSE);
        }
    }
}
