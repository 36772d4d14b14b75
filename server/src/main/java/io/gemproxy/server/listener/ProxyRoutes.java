package io.gemproxy.server.listener;

import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.LogContext;
import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.gemini.Dialect;
import io.gemproxy.server.gemini.GeminiTarget;
import io.gemproxy.server.gemini.GeminiTargets;
import io.gemproxy.server.proxy.ExchangeHandler;
import io.gemproxy.server.proxy.RejectionBody;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Step 1: one canonical path, one target, one opened exchange; everything else is 404. */
final class ProxyRoutes implements Handler {
    private static final HeaderName REQUEST_ID = HeaderNames.create("x-request-id");
    private static final int LONGEST_ID = 64;
    private static final int LONGEST_AGENT = 256;

    private final ExchangeHandler handler;
    private final BooleanSupplier up;
    private final RequestIds ids;
    private final InstantSource clock;
    private final LongSupplier nanoTime;

    ProxyRoutes(
            ExchangeHandler handler,
            BooleanSupplier up,
            RequestIds ids,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.handler = handler;
        this.up = up;
        this.ids = ids;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        Optional<String> path = CanonicalPath.of(request.prologue().uriPath().rawPath());
        String method = request.prologue().method().text();
        if (path.isEmpty()) {
            refuse(
                    new Rejection.Invalid(
                            "PATH_AMBIGUOUS",
                            "The request path has escapes or segments that servers"
                                    + " read differently; send it in its plain form."),
                    Dialect.NATIVE,
                    response);
        } else if (path.get().equals("/health")) {
            health(method, response);
        } else {
            route(method, path.get(), request, response);
        }
    }

    private void route(String method, String path, ServerRequest request, ServerResponse response) {
        Optional<GeminiTarget> target =
                GeminiTargets.parse(method, path, request.prologue().query().rawValue());
        if (target.isEmpty()) {
            Dialect dialect = path.startsWith("/v1beta/openai/") ? Dialect.OPENAI : Dialect.NATIVE;
            refuse(
                    new Rejection.NotFound(
                            "This is not a path of the Gemini API. gemproxy serves /v1, /v1beta,"
                                    + " /v1alpha, /upload, /download and /v1beta/openai."),
                    dialect,
                    response);
            return;
        }
        Exchange exchange = open(method, target.get(), request);
        ScopedValue.where(LogContext.REQUEST_ID, exchange.id())
                .run(() -> handler.handle(exchange, request, response));
    }

    private Exchange open(String method, GeminiTarget target, ServerRequest request) {
        return new Exchange(
                ids.next(),
                clientsId(request.headers()),
                clock.instant(),
                nanoTime.getAsLong(),
                method,
                target,
                address(request.remotePeer().address()),
                agent(request.headers()));
    }

    private void health(String method, ServerResponse response) {
        boolean isUp = up.getAsBoolean();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            response.status(Status.METHOD_NOT_ALLOWED_405).send();
            return;
        }
        response.status(isUp ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503);
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send(
                ("{\"status\":\"" + (isUp ? "UP" : "DOWN") + "\"}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private void refuse(Rejection rejection, Dialect dialect, ServerResponse response) {
        RequestId id = ids.next();
        response.status(Status.create(rejection.status()));
        response.header(REQUEST_ID, id.value());
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send(RejectionBody.of(rejection, dialect, id));
    }

    /** The address alone: the host name of a peer would cost a DNS look-up. */
    private static String address(SocketAddress peer) {
        return peer instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress()
                : "unix";
    }

    private static Optional<String> clientsId(ServerRequestHeaders headers) {
        if (!headers.contains(REQUEST_ID)) {
            return Optional.empty();
        }
        String id = headers.get(REQUEST_ID).get();
        boolean sane = !id.isEmpty() && id.length() <= LONGEST_ID;
        for (int i = 0; sane && i < id.length(); i++) {
            char c = id.charAt(i);
            sane = c < 128 && (Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '-');
        }
        return sane ? Optional.of(id) : Optional.empty();
    }

    private static Optional<String> agent(ServerRequestHeaders headers) {
        return headers.contains(HeaderNames.USER_AGENT)
                ? Optional.of(headers.get(HeaderNames.USER_AGENT).get())
                        .map(text -> text.substring(0, Math.min(text.length(), LONGEST_AGENT)))
                : Optional.empty();
    }
}
