package io.gemproxy.server.admin;

import io.gemproxy.server.admin.AdminActions.Action;
import io.gemproxy.server.exchange.BodyRefused;
import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.exchange.RequestId;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes of the admin port. */
public final class AdminRoutes {
    /** What who has no valid credential is told. */
    private static final Set<Integer> UNWELCOME = Set.of(401, 403);

    private static final Logger LOG = LoggerFactory.getLogger(AdminRoutes.class);

    private final AdminSources sources;
    private final AdminDoor door;
    private final HostGuard hosts;
    private final AdminActions actions;
    private final VainCalls vain;
    private final CrossOrigin origins;

    private AdminRoutes(Supplier<AdminConfig> config, AdminSources sources, LongSupplier nanoTime) {
        this.sources = sources;
        door = new AdminDoor(sources.authenticator(), () -> config.get().openEndpoints());
        hosts = new HostGuard(config.get().host());
        origins = new CrossOrigin(() -> config.get().allowedOrigins());
        actions = new AdminActions(sources.audit(), sources.clock());
        vain = new VainCalls(nanoTime);
    }

    /**
     * All of the admin port; to be given to its socket.
     *
     * @param config as it is in effect; the address is that of the start
     * @param nanoTime monotonic clock, for limits
     */
    public static HttpRouting.Builder routing(
            Supplier<AdminConfig> config, AdminSources sources, LongSupplier nanoTime) {
        AdminRoutes routes = new AdminRoutes(config, sources, nanoTime);
        HttpRouting.Builder routing = HttpRouting.builder();
        for (AdminPath path : AdminPath.of(new Endpoints(sources).all())) {
            routing.any(
                    path.path(),
                    (request, response) ->
                            routes.serve(
                                    request,
                                    response,
                                    path.allowed(),
                                    id -> routes.reply(path, request, id)));
        }
        return routing.any(
                (request, response) -> routes.serve(request, response, "", AdminRoutes::notFound));
    }

    private void serve(
            ServerRequest request, ServerResponse response, String methods, Answering answering) {
        RequestId id = sources.requestIds().get();
        Reply reply;
        try {
            reply = guarded(request, methods, answering, id);
        } catch (CloseConnectionException gone) {
            throw gone;
        } catch (BodyRefused refused) {
            reply = refused(refused.rejection(), id);
        } catch (RuntimeException e) {
            LOG.error("admin request {} failed", id, e);
            reply = internal(id);
        }
        send(request, response, reply.with(origins.headers(request)), id);
        reply.afterwards().run();
    }

    private Reply guarded(
            ServerRequest request, String methods, Answering answering, RequestId id) {
        if (!LocalPeer.CURRENT.isBound() && !hosts.admits(request.authority())) {
            return misdirected(id);
        }
        if (!AdminPath.isPlain(request.prologue().uriPath().rawPath())) {
            return notFound(id);
        }
        if (CrossOrigin.isPreflight(request) && !methods.isEmpty()) {
            return origins.preflight(request, methods, id);
        }
        return origins.allows(request) || BrowserGuard.admits(request)
                ? answering.reply(id)
                : BrowserGuard.refusal(id);
    }

    private static Reply refused(Rejection no, RequestId id) {
        Problem.Kind kind =
                switch (no.status()) {
                    case 408 -> Problem.Kind.TOO_SLOW;
                    case 413 -> Problem.Kind.TOO_LARGE;
                    default -> Problem.Kind.INVALID;
                };
        return Reply.problem(Problem.of(kind, no.message(), id), Map.of());
    }

    private Reply reply(AdminPath path, ServerRequest request, RequestId id) {
        AdminDoor.Entry entry = door.judge(path.access(), request, id);
        boolean vainly =
                entry instanceof AdminDoor.Entry.Refused || path.access() == Endpoint.Access.LOGIN;
        String address = request.remotePeer().host();
        Optional<Reply> tooMany = vainly ? vain.tooMany(address, id) : Optional.empty();
        if (tooMany.isPresent()) {
            return tooMany.get();
        }
        Reply reply = reply(path, entry, request, id);
        if (vainly && UNWELCOME.contains(reply.status())) {
            vain.count(address);
        }
        return reply;
    }

    private Reply reply(
            AdminPath path, AdminDoor.Entry entry, ServerRequest request, RequestId id) {
        Optional<Endpoint> endpoint = path.endpoint(request.prologue().method());
        Optional<Action> action =
                endpoint.flatMap(Endpoint::action).map(word -> actions.begin(word, request, id));
        return switch (entry) {
            case AdminDoor.Entry.Refused refused -> {
                action.ifPresent(it -> it.denied(refused.caller()));
                yield refused.reply();
            }
            case AdminDoor.Entry.Admitted admitted -> {
                if (endpoint.isEmpty()) {
                    yield notAllowed(path, id);
                }
                Endpoint.Call call =
                        new Endpoint.Call(request, id, admitted.admin(), admitted.session());
                yield action.isPresent()
                        ? action.get().watch(admitted.admin(), () -> answer(endpoint.get(), call))
                        : answer(endpoint.get(), call);
            }
        };
    }

    private static Reply answer(Endpoint endpoint, Endpoint.Call call) {
        return endpoint.handler().answer(call).orElseGet(() -> notFound(call.id()));
    }

    private static Reply notAllowed(AdminPath path, RequestId id) {
        return Reply.problem(
                Problem.of(
                        Problem.Kind.METHOD_NOT_ALLOWED,
                        "This path answers to " + path.allowed() + ".",
                        id),
                Map.of("Allow", path.allowed()));
    }

    private static void send(
            ServerRequest request, ServerResponse response, Reply reply, RequestId id) {
        response.status(Status.create(reply.status()));
        if (!reply.contentType().isEmpty()) {
            response.header(HeaderNames.CONTENT_TYPE, reply.contentType());
        }
        SecurityHeaders.ALL.forEach(response::header);
        response.header("X-Request-Id", id.value());
        reply.headers().forEach((name, value) -> response.header(name, value));
        if (reply.body().length == 0) {
            response.send();
        } else if (request.prologue().method().equals(Method.HEAD)) {
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
