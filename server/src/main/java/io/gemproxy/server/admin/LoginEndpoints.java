package io.gemproxy.server.admin;

import io.gemproxy.server.admin.Endpoint.Call;
import io.gemproxy.server.authentication.sessions.LoginOutcome;
import io.gemproxy.server.authentication.sessions.RefreshOutcome;
import io.gemproxy.server.authentication.sessions.SessionTokens;
import io.gemproxy.server.exchange.Result;
import io.gemproxy.server.exchange.Secret;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code /auth/login} and {@code /auth/refresh}: a password, or a refresh token, for a token. */
final class LoginEndpoints {
    private static final String LOGIN = "auth.login";
    private static final String REFRESH = "auth.refresh";
    private static final int LONGEST_AGENT = 200;

    private final SessionDesk desk;
    private final LoginRecords records;

    LoginEndpoints(AdminSources sources) {
        desk = sources.sessions();
        records = new LoginRecords(sources.audit(), sources.clock());
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.entering("/auth/login", this::login),
                Endpoint.entering("/auth/refresh", this::refresh));
    }

    private Optional<Reply> login(Call call) {
        try {
            JsonBody body = JsonBody.of(call.request(), Set.of("password", "cookie"));
            boolean cookie = body.flag("cookie");
            Secret password =
                    body.text("password")
                            .map(Secret::of)
                            .orElseThrow(() -> new BadBody("password is missing."));
            return Optional.of(
                    switch (desk.login().login(password, address(call), agent(call))) {
                        case LoginOutcome.Opened opened -> opened(call, opened.tokens(), cookie);
                        case LoginOutcome.Wrong wrong -> wrong(call, wrong);
                        case LoginOutcome.LockedOut locked -> lockedOut(call, locked);
                    });
        } catch (BadBody bad) {
            return invalid(bad, call);
        } catch (IOException unsaved) {
            return unsaved(call);
        }
    }

    private Reply opened(Call call, SessionTokens tokens, boolean cookie) {
        records.write(call, LOGIN, Result.SUCCESS, Map.of("session", tokens.session().id()));
        return answer(tokens, cookie);
    }

    private Reply wrong(Call call, LoginOutcome.Wrong wrong) {
        String locked =
                wrong.accountLocked() ? "account" : wrong.addressLocked() ? "address" : "none";
        records.write(
                call,
                LOGIN,
                Result.FAILURE,
                Map.of("reason", "wrong_password", "locked_out", locked));
        return problem(
                Problem.Kind.WRONG_PASSWORD,
                "The password is wrong, or this server has no auth.admin_password.",
                call,
                Map.of());
    }

    private Reply lockedOut(Call call, LoginOutcome.LockedOut locked) {
        long seconds = secondsUp(locked.remaining());
        if (locked.first()) {
            records.write(
                    call,
                    LOGIN,
                    Result.DENIED,
                    Map.of("reason", "locked_out", "retry_after", Long.toString(seconds)));
        }
        return problem(
                Problem.Kind.LOCKED_OUT,
                "Try again in "
                        + seconds
                        + " s; on the server itself gemproxy-cli works meanwhile.",
                call,
                Map.of("Retry-After", Long.toString(seconds)));
    }

    private Optional<Reply> refresh(Call call) {
        try {
            JsonBody body = JsonBody.of(call.request(), Set.of("refresh_token", "cookie"));
            boolean cookie = body.flag("cookie");
            Secret token =
                    body.text("refresh_token")
                            .map(Secret::of)
                            .orElseThrow(() -> new BadBody("refresh_token is missing."));
            return Optional.of(
                    switch (desk.sessions().refresh(token)) {
                        case RefreshOutcome.Refreshed done -> {
                            records.write(
                                    call,
                                    REFRESH,
                                    Result.SUCCESS,
                                    Map.of("session", done.tokens().session().id()));
                            yield answer(done.tokens(), cookie);
                        }
                        case RefreshOutcome.Unknown _ ->
                                notRefreshed(call, Map.of("reason", "unknown_refresh_token"));
                        case RefreshOutcome.Reused reused ->
                                notRefreshed(
                                        call,
                                        Map.of(
                                                "reason",
                                                "refresh_token_reused",
                                                "session",
                                                reused.session()));
                    });
        } catch (BadBody bad) {
            return invalid(bad, call);
        } catch (IOException unsaved) {
            return unsaved(call);
        }
    }

    private Reply notRefreshed(Call call, Map<String, String> details) {
        records.write(call, REFRESH, Result.FAILURE, details);
        return problem(
                Problem.Kind.UNAUTHENTICATED,
                "This refresh token is of no session that lives, or was used before; log in again.",
                call,
                Map.of());
    }

    private Reply answer(SessionTokens tokens, boolean cookie) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("token", cookie ? Optional.empty() : tokens.access());
        body.put("token_type", "Bearer");
        body.put("role", "admin");
        body.put("expires_at", tokens.accessExpiresAt());
        body.put("refresh_token", tokens.refresh());
        body.put(
                "session",
                SessionJson.of(
                        tokens.session(), desk.sessions(), Optional.of(tokens.session().id())));
        Reply reply = Reply.json(200, body);
        return cookie ? SessionCookie.set(reply, tokens.access()) : reply;
    }

    private static String address(Call call) {
        return call.request().remotePeer().host();
    }

    private static Optional<String> agent(Call call) {
        return call.request()
                .headers()
                .first(HeaderNames.USER_AGENT)
                .map(it -> it.length() > LONGEST_AGENT ? it.substring(0, LONGEST_AGENT) : it);
    }

    private static long secondsUp(Duration wait) {
        return wait.plusNanos(999_999_999).toSeconds();
    }

    private static Optional<Reply> invalid(BadBody bad, Call call) {
        return Optional.of(problem(bad.kind(), String.valueOf(bad.getMessage()), call, Map.of()));
    }

    private static Optional<Reply> unsaved(Call call) {
        return Optional.of(
                problem(
                        Problem.Kind.NOT_SAVED,
                        "state.dir cannot be written, so no session can be opened.",
                        call,
                        Map.of()));
    }

    private static Reply problem(
            Problem.Kind kind, String detail, Call call, Map<String, String> headers) {
        return Reply.problem(Problem.of(kind, detail, call.id()), headers);
    }
}
