package io.gemproxy.server.admin;

import io.gemproxy.server.admin.Endpoint.Access;
import io.gemproxy.server.admin.Endpoint.Call;
import io.gemproxy.server.authentication.sessions.AdminSessions;
import io.gemproxy.server.authentication.sessions.Session;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /api/sessions}: who is logged in, and the end of that. */
final class SessionEndpoints {
    private static final String ALL = "/api/sessions";
    private static final String ONE = ALL + "/{id}";

    private final AdminSessions sessions;

    SessionEndpoints(AdminSessions sessions) {
        this.sessions = sessions;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.reading(ALL, Access.ADMIN, call -> Optional.of(list(call))),
                Endpoint.removing(ALL, "session.end_all", call -> ended(call, sessions::endAll)),
                Endpoint.reading(ONE, Access.ADMIN, call -> Optional.of(one(call))),
                Endpoint.removing(ONE, "session.end", this::end),
                Endpoint.acting("/auth/logout", "auth.logout", this::logout));
    }

    private Reply list(Call call) {
        return Reply.json(
                200,
                new SessionJson.All(
                        sessions.list().stream().map(session -> json(session, call)).toList()));
    }

    private Reply one(Call call) {
        return sessions.find(call.named("id"))
                .map(session -> Reply.json(200, json(session, call)))
                .orElseGet(() -> missing(call));
    }

    private Optional<Reply> end(Call call) {
        String id = call.named("id");
        return sessions.find(id).isEmpty()
                ? Optional.of(missing(call))
                : ended(call, () -> sessions.end(id) ? 1 : 0);
    }

    private Optional<Reply> logout(Call call) {
        return call.session().isPresent()
                ? ended(call, () -> sessions.end(call.session().get()) ? 1 : 0)
                        .map(SessionCookie::cleared)
                : Optional.of(
                        Reply.problem(
                                Problem.of(
                                        Problem.Kind.CONFLICT,
                                        "This token came from no login; take it back with POST"
                                                + " /api/tokens/revoke.",
                                        call.id()),
                                Map.of()));
    }

    private SessionJson json(Session session, Call call) {
        return SessionJson.of(session, sessions, call.session());
    }

    private static Optional<Reply> ended(Call call, End end) {
        try {
            return Optional.of(Reply.json(200, new SessionJson.Ended(end.run())));
        } catch (IOException unsaved) {
            return Optional.of(
                    Reply.problem(
                            Problem.of(
                                    Problem.Kind.NOT_SAVED,
                                    "It is over now, but a restart may forget that: state.dir"
                                            + " cannot be written. Mend it and try again.",
                                    call.id()),
                            Map.of()));
        }
    }

    private static Reply missing(Call call) {
        return Reply.missing("No session that lives has this id.", call.id());
    }

    /** Ends sessions and counts them. */
    @FunctionalInterface
    private interface End {
        int run() throws IOException;
    }
}
