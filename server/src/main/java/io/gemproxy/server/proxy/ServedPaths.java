package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.Rejection;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The whole proxy port: the Gemini API and the few paths that are ours.
 *
 * @param gemini all of the Gemini API
 * @param own by path, as they are at the moment
 */
public record ServedPaths(ExchangeHandler gemini, Supplier<Map<String, ExchangeHandler>> own)
        implements ExchangeHandler {
    @Override
    public void handle(Exchange exchange, ServerRequest request, ServerResponse response) {
        gemini.handle(exchange, request, response);
    }

    @Override
    public void refuse(Exchange exchange, Rejection rejection, ServerResponse response) {
        gemini.refuse(exchange, rejection, response);
    }

    @Override
    public Optional<ExchangeHandler> ownAt(String path) {
        return Optional.ofNullable(own.get().get(path));
    }
}
