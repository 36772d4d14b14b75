package io.gemproxy.server.admin;

import io.gemproxy.server.exchange.RequestId;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes of the admin port. */
public final class AdminRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(AdminRoutes.class);
    private static final Map<String, String> ALLOW = Map.of("Allow", "GET, HEAD");

    private final AdminSources sources;
    private final AdminDoor door;
    private final HostGuard hosts;

    private AdminRoutes(AdminConfig config, AdminSources sources) {
        this.sources = sources;
        door = new AdminDoor(sources.authenticator(), config.openEndpoints());
        hosts = new HostGuard(config.host());
    }

    /** All of the admin port; to be given to its socket. */
    public static HttpRouting.Builder routing(AdminConfig config, AdminSources sources) {
        AdminRoutes routes = new AdminRoutes(config, sources);
        HttpRouting.Builder routing = HttpRouting.builder();
        for (Endpoint endpoint : new Endpoints(sources).all()) {
            routing.any(
                    endpoint.path(),
                    (request, response) ->
                            routes.serve(
                                    request, response, id -> routes.reply(endpoint, request, id)));
        }
        return routing.any(
                (request, response) -> routes.serve(request, response, AdminRoutes::notFound));
    }

    private void serve(ServerRequest request, ServerResponse response, Answering answering) {
        RequestId id = sources.requestIds().get();
        Reply reply;
        try {
            reply = hosts.admits(request.authority()) ? answering.reply(id) : misdirected(id);
        } catch (RuntimeException e) {
            LOG.error("admin request {} failed", id, e);
            reply = internal(id);
        }
        send(request, response, reply, id);
    }

    private Reply reply(Endpoint endpoint, ServerRequest request, RequestId id) {
        Optional<Reply> refusal = door.refusal(endpoint, request.headers(), id);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (!readable(request.prologue().method())) {
            return Reply.problem(
                    Problem.of(Problem.Kind.METHOD_NOT_ALLOWED, "Only GET and HEAD work here.", id),
                    ALLOW);
        }
        return endpoint.reader().read(request).orElseGet(() -> notFound(id));
    }

    private static boolean readable(Method method) {
        return method.equals(Method.GET) || method.equals(Method.HEAD);
    }

    private static void send(
            ServerRequest request, ServerResponse response, Reply reply, RequestId id) {
        response.status(Status.create(reply.status()));
        response.header(HeaderNames.CONTENT_TYPE, reply.contentType());
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.header(HeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
        response.header("X-Request-Id", id.value());
        reply.headers().forEach((name, value) -> response.header(name, value));
        if (request.prologue().method().equals(Method.HEAD)) {
            response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(reply.body().length));
            response.send();
        } else {
            response.send(reply.body());
        }
    }

    private static Reply notFound(RequestId id) {
        return Reply.problem(
                Problem.of(Problem.Kind.NOT_FOUND, "There is nothing at this path.", id), Map.of());
    }

    private static Reply misdirected(RequestId id) {
        return Reply.problem(
                Problem.of(
                        Problem.Kind.MISDIRECTED,
                        "This listener is on loopback and answers to localhost, 127.0.0.1 and ::1.",
                        id),
                Map.of());
    }

    private static Reply internal(RequestId id) {
        return Reply.problem(
                Problem.of(
                        Problem.Kind.INTERNAL,
                        "gemproxy failed; its log has a line with this request id.",
                        id),
                Map.of());
    }

    /** Makes the answer to the request with this id. */
    @FunctionalInterface
    private interface Answering {
        Reply reply(RequestId id);
    }
}
