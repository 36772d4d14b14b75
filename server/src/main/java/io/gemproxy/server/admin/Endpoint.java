package io.gemproxy.server.admin;

import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.RequestId;
import io.helidon.webserver.http.ServerRequest;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One thing the admin port does at one path.
 *
 * @param verb how it is asked for
 * @param path as in the OpenAPI document
 * @param access who may
 * @param action its word in the audit log, if it changes something
 * @param handler answers; empty if the named thing does not exist
 */
record Endpoint(Verb verb, String path, Access access, Optional<String> action, Handler handler) {
    /** Something that is only read. */
    static Endpoint reading(String path, Access access, Handler handler) {
        return new Endpoint(Verb.GET, path, access, Optional.empty(), handler);
    }

    /** Something that an admin does; each try is an {@code AdminAction} of the audit log. */
    static Endpoint acting(String path, String action, Handler handler) {
        return new Endpoint(Verb.POST, path, Access.ADMIN, Optional.of(action), handler);
    }

    /** Something that an admin ends or removes; recorded as what is acted on. */
    static Endpoint removing(String path, String action, Handler handler) {
        return new Endpoint(Verb.DELETE, path, Access.ADMIN, Optional.of(action), handler);
    }

    /** Something that an admin writes; recorded as what is acted on. */
    static Endpoint writing(Verb verb, String path, String action, Handler handler) {
        return new Endpoint(verb, path, Access.ADMIN, Optional.of(action), handler);
    }

    /** A question with a body; it changes nothing. */
    static Endpoint asking(String path, Handler handler) {
        return new Endpoint(Verb.POST, path, Access.ADMIN, Optional.empty(), handler);
    }

    /** Something whose body is the credential; it records itself. */
    static Endpoint entering(String path, Handler handler) {
        return new Endpoint(Verb.POST, path, Access.LOGIN, Optional.empty(), handler);
    }

    /**
     * The same, but refused while the audit log takes no records and requests are refused for it:
     * who gets a credential then would get it unseen.
     */
    Endpoint onlyWhile(BooleanSupplier auditing) {
        return new Endpoint(
                verb,
                path,
                access,
                action,
                call ->
                        auditing.getAsBoolean()
                                ? handler.answer(call)
                                : Optional.of(unaudited(call.id())));
    }

    private static Reply unaudited(RequestId id) {
        return Reply.problem(
                Problem.of(
                        Problem.Kind.AUDIT_UNAVAILABLE,
                        "The audit log cannot be written and audit.on_failure is block; no"
                                + " credential is given and no configuration written until it can.",
                        id),
                Map.of());
    }

    /** The HTTP methods in use; HEAD goes with GET. */
    enum Verb {
        GET,
        POST,
        PUT,
        PATCH,
        DELETE
    }

    /** Who may use an endpoint. */
    enum Access {
        /** Everybody who reaches the port. */
        OPEN,
        /** Everybody; the handler judges what is in the body. */
        LOGIN,
        /** Everybody, unless {@code admin.open_endpoints} is false. */
        OPENABLE,
        /** Only an admin token. */
        ADMIN
    }

    /** Answers a request that was let in. */
    @FunctionalInterface
    interface Handler {
        Optional<Reply> answer(Call call);
    }

    /**
     * A request that was let in.
     *
     * @param request what was sent
     * @param id names it
     * @param admin who asks, where a token was wanted
     * @param session the session of that token, if it came from a login
     */
    record Call(
            ServerRequest request,
            RequestId id,
            Optional<ClientId> admin,
            Optional<String> session) {
        /** A part of the path. */
        String named(String parameter) {
            return request.path().pathParameters().get(parameter);
        }

        /** The value of a parameter of the query, if it is there. */
        Optional<String> parameter(String name) {
            return request.query().first(name).asOptional();
        }

        /** Whether {@code ?name=true} was said. */
        boolean says(String parameter) {
            return request.query().first(parameter).asOptional().equals(Optional.of("true"));
        }
    }
}
