package io.gemproxy.server.admin;

import io.gemproxy.server.exchange.RequestId;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Decides who may read an endpoint. */
final class AdminDoor {
    private static final String SCHEME = "bearer ";
    private static final Map<String, String> CHALLENGE =
            Map.of("WWW-Authenticate", "Bearer realm=\"gemproxy-admin\"");
    private static final Map<String, String> SCOPE_CHALLENGE =
            Map.of(
                    "WWW-Authenticate",
                    "Bearer realm=\"gemproxy-admin\", error=\"insufficient_scope\"");

    private final AdminAuthenticator authenticator;
    private final boolean openEndpoints;

    AdminDoor(AdminAuthenticator authenticator, boolean openEndpoints) {
        this.authenticator = authenticator;
        this.openEndpoints = openEndpoints;
    }

    /** The refusal, or empty if the request may go on. */
    Optional<Reply> refusal(Endpoint endpoint, ServerRequestHeaders headers, RequestId id) {
        return switch (endpoint.access()) {
            case OPEN -> Optional.empty();
            case OPENABLE -> openEndpoints ? Optional.empty() : judge(headers, id);
            case ADMIN -> judge(headers, id);
        };
    }

    private Optional<Reply> judge(ServerRequestHeaders headers, RequestId id) {
        return switch (decide(headers)) {
            case AdminAuthenticator.Decision.Granted _ -> Optional.empty();
            case AdminAuthenticator.Decision.NotAdmin _ ->
                    Optional.of(
                            Reply.problem(
                                    Problem.of(
                                            Problem.Kind.FORBIDDEN,
                                            "This token's role is not admin; mint one with"
                                                    + " gemproxy-cli token issue --role admin.",
                                            id),
                                    SCOPE_CHALLENGE));
            case AdminAuthenticator.Decision.Refused _ ->
                    Optional.of(
                            Reply.problem(
                                    Problem.of(
                                            Problem.Kind.UNAUTHENTICATED,
                                            "Send an admin token as Authorization: Bearer.",
                                            id),
                                    CHALLENGE));
        };
    }

    private AdminAuthenticator.Decision decide(ServerRequestHeaders headers) {
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
}
