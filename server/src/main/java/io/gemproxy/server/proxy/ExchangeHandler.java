package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Exchange;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** Serves one opened exchange, on the connection's own virtual thread, to its last byte. */
@FunctionalInterface
public interface ExchangeHandler {
    void handle(Exchange exchange, ServerRequest request, ServerResponse response);
}
