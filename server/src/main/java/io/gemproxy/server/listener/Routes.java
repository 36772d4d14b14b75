package io.gemproxy.server.listener;

import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.LogContext;
import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.gemini.Dialect;
import io.gemproxy.server.gemini.GeminiTarget;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.proxy.ExchangeHandler;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** The one route of the proxy port: health, or an exchange of the Gemini API. */
final class Routes {
    static final HeaderName REQUEST_ID = HeaderNames.create("x-request-id");

    private static final int MAX_USER_AGENT = 256;
    private static final int MAX_CLIENT_ID = 64;
    private static final int LONGEST_PATH = 256;

    private final ServerConfig config;
    private final TargetParser targets;
    private final ExchangeHandler handler;
    private final BooleanSupplier healthy;
    private final RequestIds ids;
    private final InstantSource clock;
    private final LongSupplier nanoTime;

    Routes(
            ServerConfig config,
            TargetParser targets,
            ExchangeHandler handler,
            BooleanSupplier healthy,
            RequestIds ids,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.config = config;
        this.targets = targets;
        this.handler = handler;
        this.healthy = healthy;
        this.ids = ids;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    void handle(ServerRequest request, ServerResponse response) {
        long startedNanos = nanoTime.getAsLong();
        RequestId id = ids.next();
        response.headers().set(REQUEST_ID, id.value());
        Optional<String> path =
                CanonicalPath.parse(request.prologue().uriPath().rawPath())
                        .map(CanonicalPath::value);
        if (path.isEmpty()) {
            refuse(
                    new Rejection.Invalid(
                            "PATH_INVALID",
                            "The path has escapes or segments that servers read in different ways;"
                                    + " send it in its plain form."),
                    nowhere("-"),
                    open(id, startedNanos, request),
                    response);
        } else if (path.get().equals("/health")) {
            health(response);
        } else {
            exchange(path.get(), open(id, startedNanos, request), request, response);
        }
    }

    private void exchange(
            String path, Opening opening, ServerRequest request, ServerResponse response) {
        String method = request.prologue().method().text();
        Optional<GeminiTarget> target =
                targets.parse(method, path, request.prologue().query().rawValue());
        if (target.isEmpty()) {
            refuse(
                    new Rejection.NotFound(
                            "This is not a path of the Gemini API. gemproxy serves /v1, /v1beta,"
                                    + " /v1alpha, /upload, /download and /v1beta/openai."),
                    nowhere(path),
                    opening,
                    response);
            return;
        }
        long limit = limit(target.get().operation());
        if (!DownstreamConnection.OWN.get().limitBody(limit)) {
            refuse(new Rejection.TooLarge(limit), target.get(), opening, response);
            return;
        }
        Exchange exchange = opening.of(target.get());
        ScopedValue.where(LogContext.REQUEST_ID, exchange.id())
                .run(() -> handler.handle(exchange, request, response));
    }

    private void refuse(
            Rejection rejection, GeminiTarget target, Opening opening, ServerResponse response) {
        handler.refuse(opening.of(target), rejection, response);
    }

    /** What a request asks for that asks for nothing of ours. */
    private static GeminiTarget nowhere(String path) {
        Dialect dialect = path.startsWith("/v1beta/openai/") ? Dialect.OPENAI : Dialect.NATIVE;
        String shown = path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) : path;
        return new GeminiTarget(
                shown, dialect, Operation.OTHER, Optional.empty(), Optional.empty());
    }

    private Opening open(RequestId id, long startedNanos, ServerRequest request) {
        return target ->
                open(id, startedNanos, request.prologue().method().text(), target, request);
    }

    /** An exchange but for what it asks. */
    @FunctionalInterface
    private interface Opening {
        Exchange of(GeminiTarget target);
    }

    private Exchange open(
            RequestId id,
            long startedNanos,
            String method,
            GeminiTarget target,
            ServerRequest request) {
        return new Exchange(
                id,
                request.headers().first(REQUEST_ID).filter(Routes::isSane),
                clock.instant(),
                startedNanos,
                method,
                target,
                sourceIp(request),
                request.headers().first(HeaderNames.USER_AGENT).map(Routes::bounded));
    }

    private long limit(Operation operation) {
        return operation == Operation.UPLOAD_START || operation == Operation.UPLOAD_CHUNK
                ? config.maxUploadBytes()
                : config.maxRequestBodyBytes();
    }

    private void health(ServerResponse response) {
        boolean up = healthy.getAsBoolean();
        response.status(up ? 200 : 503);
        response.headers().set(HeaderNames.CONTENT_TYPE, "application/json");
        String body = up ? "{\"status\":\"UP\"}" : "{\"status\":\"DOWN\"}";
        response.send(body.getBytes(StandardCharsets.UTF_8));
    }

    private static String sourceIp(ServerRequest request) {
        return request.remotePeer().address() instanceof InetSocketAddress peer
                        && peer.getAddress() != null
                ? peer.getAddress().getHostAddress()
                : "-";
    }

    private static boolean isSane(String id) {
        return !id.isEmpty()
                && id.length() <= MAX_CLIENT_ID
                && id.chars()
                        .allMatch(c ->
                                (Ascii.isLetter(c) && c < 0x80)
                                        || Ascii.isDigit(c)
                                        || "._-".indexOf(c) >= 0);
    }

    private static String bounded(String agent) {
        String text = agent.length() > MAX_USER_AGENT ? agent.substring(0, MAX_USER_AGENT) : agent;
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isISOControl(text.charAt(i))) {
                out.append(text.charAt(i));
            }
        }
        return out.toString();
    }
}
