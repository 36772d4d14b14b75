package io.gemproxy.server.listener;

import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.LogContext;
import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.exchange.TraceContext;
import io.gemproxy.server.gemini.Dialect;
import io.gemproxy.server.gemini.GeminiTarget;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.proxy.ExchangeHandler;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** The one route of the proxy port: health, or an exchange of the Gemini API. */
final class Routes {
    static final HeaderName REQUEST_ID = HeaderNames.create("x-request-id");

    private static final String HEALTH = "/health";
    private static final int MAX_TEXT = 256;
    private static final int MAX_CLIENT_ID = 64;
    private static final int MOST_OWN_BYTES = 8192;

    private static final HeaderName TRACE_PARENT = HeaderNames.create(TraceContext.PARENT);
    private static final HeaderName TRACE_STATE = HeaderNames.create(TraceContext.STATE);

    private final ServerConfig config;
    private final TargetParser targets;
    private final ExchangeHandler handler;
    private final BooleanSupplier healthy;
    private final RequestIds ids;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final ClientAddresses addresses;

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
        this.addresses = new ClientAddresses(config.trustedProxies());
    }

    void handle(ServerRequest request, ServerResponse response) {
        long startedNanos = nanoTime.getAsLong();
        RequestId id = ids.next();
        response.headers().set(REQUEST_ID, id.value());
        String raw = request.prologue().uriPath().rawPath();
        Optional<String> path = CanonicalPath.parse(raw).map(CanonicalPath::value);
        if (path.isPresent() && path.get().equals(HEALTH)) {
            health(id, startedNanos, request, response);
            return;
        }
        Optional<ExchangeHandler> own = path.flatMap(handler::ownAt);
        if (own.isPresent()) {
            Exchange exchange = open(id, startedNanos, own(path.get()), request);
            Optional<Rejection> tooLarge = beyond(MOST_OWN_BYTES);
            serve(own.get(), exchange, tooLarge, request, response);
            return;
        }
        Optional<GeminiTarget> target =
                path.flatMap(known ->
                        targets.parse(
                                request.prologue().method().text(),
                                known,
                                request.prologue().query().rawValue()));
        Exchange exchange =
                open(id, startedNanos, target.orElseGet(() -> nowhere(path.orElse(raw))), request);
        Optional<Rejection> refusal = target.map(this::tooLarge).orElseGet(() -> wrong(path));
        serve(handler, exchange, refusal, request, response);
    }

    private static void serve(
            ExchangeHandler by,
            Exchange exchange,
            Optional<Rejection> refusal,
            ServerRequest request,
            ServerResponse response) {
        ScopedValue.where(LogContext.REQUEST_ID, exchange.id())
                .run(() ->
                        refusal.ifPresentOrElse(
                                no -> by.refuse(exchange, no, response),
                                () -> by.handle(exchange, request, response)));
    }

    /** What a path of our own is recorded as: there is one, where tokens are asked for. */
    private static GeminiTarget own(String path) {
        return new GeminiTarget(
                bounded(path),
                Dialect.NATIVE,
                Operation.OAUTH_TOKEN,
                Optional.empty(),
                Optional.empty());
    }

    /** What a path outside the Gemini API is recorded as. */
    static GeminiTarget nowhere(String path) {
        return new GeminiTarget(
                bounded(path), dialect(path), Operation.OTHER, Optional.empty(), Optional.empty());
    }

    private static Optional<Rejection> wrong(Optional<String> path) {
        return Optional.of(
                path.isEmpty()
                        ? new Rejection.Invalid(
                                "PATH_INVALID", "The path is not in canonical form.")
                        : new Rejection.NotFound(
                                "PATH_UNKNOWN", "This is not a path of the Gemini API."));
    }

    private Optional<Rejection> tooLarge(GeminiTarget target) {
        return beyond(limit(target.operation()));
    }

    private static Optional<Rejection> beyond(long limit) {
        return DownstreamConnection.OWN.get().limitBody(limit)
                ? Optional.empty()
                : Optional.of(new Rejection.TooLarge(limit));
    }

    private Exchange open(
            RequestId id, long startedNanos, GeminiTarget target, ServerRequest request) {
        return new Exchange(
                id,
                request.headers().first(REQUEST_ID).filter(Routes::isSane),
                clock.instant(),
                startedNanos,
                request.prologue().method().text(),
                target,
                addresses.of(request.remotePeer(), request.headers()),
                request.headers().first(HeaderNames.USER_AGENT).map(Routes::bounded),
                trace(request.headers()));
    }

    private static Optional<TraceContext> trace(ServerRequestHeaders headers) {
        return headers.contains(TRACE_PARENT)
                ? TraceContext.of(headers.values(TRACE_PARENT), headers.values(TRACE_STATE))
                : Optional.empty();
    }

    private long limit(Operation operation) {
        return operation == Operation.UPLOAD_START || operation == Operation.UPLOAD_CHUNK
                ? config.maxUploadBytes()
                : config.maxRequestBodyBytes();
    }

    /** What a load balancer asks all day is not recorded; anything else asked of the path is. */
    private void health(
            RequestId id, long startedNanos, ServerRequest request, ServerResponse response) {
        String method = request.prologue().method().text();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            response.headers().set(HeaderNames.ALLOW, "GET, HEAD");
            Exchange exchange = open(id, startedNanos, nowhere(HEALTH), request);
            Rejection no = new Rejection.WrongMethod("GET and HEAD");
            serve(handler, exchange, Optional.of(no), request, response);
            return;
        }
        boolean up = healthy.getAsBoolean();
        response.status(up ? 200 : 503);
        String body = up ? "{\"status\":\"UP\"}" : "{\"status\":\"DOWN\"}";
        GuardedServer.sendJson(request, response, body.getBytes(StandardCharsets.UTF_8));
    }

    static Dialect dialect(String path) {
        return path.startsWith("/v1beta/openai/") ? Dialect.OPENAI : Dialect.NATIVE;
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

    private static String bounded(String sent) {
        String text = sent.length() > MAX_TEXT ? sent.substring(0, MAX_TEXT) : sent;
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isISOControl(text.charAt(i))) {
                out.append(text.charAt(i));
            }
        }
        return out.toString();
    }
}
