package io.gemproxy.server.admin;

import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.RequestId;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Decides who may use an endpoint. */
final class AdminDoor {
    static final String COOKIE = "__Host-gemproxy";

    private static final String SCHEME = "bearer ";
    private static final Map<String, String> CHALLENGE =
            Map.of("WWW-Authenticate", "Bearer realm=\"gemproxy-admin\"");
    private static final Map<String, String> SCOPE_CHALLENGE =
            Map.of(
                    "WWW-Authenticate",
                    "Bearer realm=\"gemproxy-admin\", error=\"insufficient_scope\"");

    private final AdminAuthenticator authenticator;
    private final BooleanSupplier openEndpoints;

    AdminDoor(AdminAuthenticator authenticator, BooleanSupplier openEndpoints) {
        this.authenticator = authenticator;
        this.openEndpoints = openEndpoints;
    }

    /** Judges whoever asks for an endpoint. */
    Entry judge(Endpoint.Access access, ServerRequest request, RequestId id) {
        return switch (access) {
            case OPEN, LOGIN -> Entry.NOBODY;
            case OPENABLE -> openEndpoints.getAsBoolean() ? Entry.NOBODY : judge(request, id);
            case ADMIN -> judge(request, id);
        };
    }

    private Entry judge(ServerRequest request, RequestId id) {
        if (LocalPeer.CURRENT.isBound() && !request.headers().contains(HeaderNames.AUTHORIZATION)) {
            return new Entry.Admitted(Optional.of(LocalPeer.CURRENT.get().id()), Optional.empty());
        }
        Optional<String> cookie = cookie(request.headers());
        if (cookie.isPresent() && !BrowserGuard.trustsCookie(request)) {
            return new Entry.Refused(Optional.empty(), BrowserGuard.refusal(id));
        }
        return switch (cookie.map(authenticator::authenticate)
                .orElseGet(() -> bearer(request.headers()))) {
            case AdminAuthenticator.Decision.Granted granted ->
                    new Entry.Admitted(Optional.of(granted.admin()), granted.session());
            case AdminAuthenticator.Decision.NotAdmin caller ->
                    new Entry.Refused(
                            Optional.of(caller.client()),
                            Reply.problem(
                                    Problem.of(
                                            Problem.Kind.FORBIDDEN,
                                            "This token's role is not admin; mint one with"
                                                    + " gemproxy-cli token issue --role admin.",
                                            id),
                                    SCOPE_CHALLENGE));
            case AdminAuthenticator.Decision.Refused _ ->
                    new Entry.Refused(
                            Optional.empty(),
                            Reply.problem(
                                    Problem.of(
                                            Problem.Kind.UNAUTHENTICATED,
                                            "Send an admin token as Authorization: Bearer.",
                                            id),
                                    CHALLENGE));
        };
    }

    /** The session of the cookie, where the caller sends no token of another kind. */
    private static Optional<String> cookie(ServerRequestHeaders headers) {
        if (headers.contains(HeaderNames.AUTHORIZATION)) {
            return Optional.empty();
        }
        List<String> values = headers.cookies().all(COOKIE, List::of);
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    private AdminAuthenticator.Decision bearer(ServerRequestHeaders headers) {
        List<String> values = headers.values(HeaderNames.AUTHORIZATION);
        if (values.size() != 1 || !isBearer(values.getFirst())) {
            return new AdminAuthenticator.Decision.Refused();
        }
        return authenticator.authenticate(values.getFirst().substring(SCHEME.length()).strip());
    }

    private static boolean isBearer(String value) {
        return value.length() > SCHEME.length()
                && value.substring(0, SCHEME.length()).toLowerCase(Locale.ROOT).equals(SCHEME);
    }

    /** What came of somebody who asked. */
    sealed interface Entry {
        /** May go on, where no token is wanted. */
        Entry NOBODY = new Admitted(Optional.empty(), Optional.empty());

        /** May go on; as whom and in which session, where a token was wanted. */
        record Admitted(Optional<ClientId> admin, Optional<String> session) implements Entry {}

        /** May not; as whom, where the token holds but is no admin's. */
        record Refused(Optional<ClientId> caller, Reply reply) implements Entry {}
    }
}
