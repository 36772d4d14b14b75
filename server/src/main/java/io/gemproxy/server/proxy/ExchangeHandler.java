package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.Rejection;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;

/** Serves one opened exchange, on the connection's own virtual thread, to its last byte. */
@FunctionalInterface
public interface ExchangeHandler {
    void handle(Exchange exchange, ServerRequest request, ServerResponse response);

    /**
     * Answers an exchange that the listener itself refuses. A handler that keeps records of
     * exchanges keeps one of this too.
     */
    default void refuse(Exchange exchange, Rejection rejection, ServerResponse response) {
        byte[] body = RejectionBody.of(rejection, exchange.target().dialect(), exchange.id());
        response.status(rejection.status());
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send(body);
    }

    /** What is served at a path that is ours and not the Gemini API's; its bodies are small. */
    default Optional<ExchangeHandler> ownAt(String path) {
        return Optional.empty();
    }
}
