package io.gemproxy.server.listener;

import io.gemproxy.server.exchange.BodyRefused;
import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.exchange.RequestId;
import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.TransportResponse;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** What a listener answers where none of its handlers can: refused bodies, bugs, broken heads. */
record LastResort(HeadRefusals refusals) {
    private static final System.Logger LOG = System.getLogger(LastResort.class.getName());

    /** Puts the close rule before the routes and this behind them. */
    HttpRouting.Builder around(HttpRouting.Builder routing, Connections connections) {
        return routing.addFilter(new CloseRule(connections))
                .error(BodyRefused.class, (q, p, e) -> refuse(q, p, e.rejection()))
                .error(RuntimeException.class, (q, p, e) -> bug(q, p, e))
                .error(Error.class, (q, p, e) -> bug(q, p, e));
    }

    /** For what Helidon itself refuses. */
    DirectHandlers directHandlers() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(
                    type, (request, event, status, headers, message) -> direct(status, headers));
        }
        return handlers.build();
    }

    private TransportResponse direct(Status status, ServerResponseHeaders headers) {
        RequestId id = refusals.ids().get();
        RefusalShape shape = refusals.shape();
        TransportResponse.Builder response =
                TransportResponse.builder()
                        .status(status)
                        .headers(headers)
                        .header(HeaderValues.create("Content-Type", shape.contentType()))
                        .header(HeaderValues.create("x-request-id", id.value()))
                        .keepAlive(false)
                        .entity(shape.body(status.code(), status.reasonPhrase(), id));
        shape.headers().forEach((name, value) -> response.header(HeaderValues.create(name, value)));
        return response.build();
    }

    private void bug(ServerRequest request, ServerResponse response, Throwable fault) {
        RequestId id = id(response);
        LOG.log(System.Logger.Level.ERROR, "request " + id + " failed", fault);
        refuse(request, response, new Rejection.Internal(), id);
    }

    private void refuse(ServerRequest request, ServerResponse response, Rejection no) {
        refuse(request, response, no, id(response));
    }

    private RequestId id(ServerResponse response) {
        return response.headers()
                .first(Routes.REQUEST_ID)
                .map(RequestId::new)
                .orElseGet(refusals.ids());
    }

    private void refuse(
            ServerRequest request, ServerResponse response, Rejection no, RequestId id) {
        RefusalShape shape = refusals.shape();
        response.status(no.status());
        shape.headers().forEach(response::header);
        response.headers().set(HeaderValues.create(Routes.REQUEST_ID, id.value()));
        response.headers().set(HeaderNames.CONTENT_TYPE, shape.contentType());
        GuardedServer.send(request, response, shape.body(no, id));
    }
}
