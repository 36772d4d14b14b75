package io.gemproxy.server.admin;

import io.gemproxy.server.admin.Endpoint.Access;
import io.gemproxy.server.admin.Endpoint.Call;
import io.gemproxy.server.audit.AuditEvent;
import io.gemproxy.server.authentication.TokenGrant;
import io.gemproxy.server.authentication.TokenInspection;
import io.gemproxy.server.authentication.revocation.Revocation;
import io.gemproxy.server.authentication.revocation.TooManyRevocations;
import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.Result;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** {@code /api/tokens}: minting tokens and taking them back. */
final class TokenEndpoints {
    private final TokenDesk desk;
    private final Consumer<AuditEvent> audit;
    private final InstantSource clock;

    TokenEndpoints(TokenDesk desk, Consumer<AuditEvent> audit, InstantSource clock) {
        this.desk = desk;
        this.audit = audit;
        this.clock = clock;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.acting("/api/tokens", "token.issue", this::issue),
                Endpoint.acting("/api/tokens/revoke", "token.revoke", this::revoke),
                Endpoint.reading(
                        "/api/tokens/revoked",
                        Access.ADMIN,
                        _ -> Optional.of(Reply.json(200, revoked()))));
    }

    private RevocationJson.All revoked() {
        return new RevocationJson.All(
                desk.revocations().list().stream().map(RevocationJson::of).toList());
    }

    private Optional<Reply> issue(Call call) {
        try {
            JsonBody body = JsonBody.of(call.request(), TokenRequest.MEMBERS);
            return Optional.of(issued(TokenRequest.grant(body, desk.longest()), call));
        } catch (BadBody bad) {
            return Optional.of(problem(bad.kind(), String.valueOf(bad.getMessage()), call));
        } catch (IllegalArgumentException refused) {
            return Optional.of(
                    invalid(
                            "A token with these values would be refused by this server: subject is"
                                    + " up to 128 letters, digits, inner spaces and"
                                    + " ._-@:+/=|~#(), models are up to 100 names with * and"
                                    + " without spaces, ttl is at least a second, and"
                                    + " daily_cost_usd is 0 to 1000000000.",
                            call));
        }
    }

    private Reply issued(TokenGrant grant, Call call) {
        Instant now = clock.instant();
        String minted = desk.issuer().issue(grant);
        TokenInspection says = TokenInspection.of(minted, now).orElseThrow();
        String role = grant.role().name().toLowerCase(Locale.ROOT);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("token", minted);
        body.put("subject", grant.subject());
        body.put("role", role);
        body.put("jti", says.tokenId().orElse(""));
        body.put("expires_at", says.expiresAt().orElseThrow());
        Map<String, String> details = new TreeMap<>();
        details.put("subject", grant.subject());
        details.put("role", role);
        says.tokenId().ifPresent(id -> details.put("jti", id));
        says.expiresAt().ifPresent(end -> details.put("expires_at", end.toString()));
        record(AuditEvent.Type.TOKEN_ISSUED, "token.issue", call, details);
        return Reply.json(200, body);
    }

    private Optional<Reply> revoke(Call call) {
        try {
            JsonBody body = JsonBody.of(call.request(), RevocationRequest.MEMBERS);
            Revocation done =
                    desk.revocations()
                            .revoke(RevocationRequest.order(body, clock.instant()), call.admin());
            record(AuditEvent.Type.TOKEN_REVOKED, "token.revoke", call, details(done));
            return Optional.of(Reply.json(200, RevocationJson.of(done)));
        } catch (BadBody bad) {
            return Optional.of(problem(bad.kind(), String.valueOf(bad.getMessage()), call));
        } catch (TooManyRevocations full) {
            return Optional.of(
                    problem(Problem.Kind.CONFLICT, String.valueOf(full.getMessage()), call));
        } catch (IOException unsaved) {
            return Optional.of(
                    problem(
                            Problem.Kind.NOT_SAVED,
                            "It is revoked now, but a restart may forget that: state.dir cannot be"
                                    + " written. Mend it and revoke again.",
                            call));
        }
    }

    private static Map<String, String> details(Revocation done) {
        Map<String, String> details = new TreeMap<>();
        put(details, "jti", done.jti());
        put(details, "subject", done.subject());
        put(details, "issued_before", done.issuedBefore());
        details.put("credentials", Integer.toString(done.credentials().size()));
        return details;
    }

    private static void put(
            Map<String, String> details,
            String name,
            @org.jspecify.annotations.Nullable Object value) {
        if (value != null) {
            details.put(name, value.toString());
        }
    }

    private void record(
            AuditEvent.Type type, String action, Call call, Map<String, String> details) {
        audit.accept(
                new AuditEvent(
                        type,
                        clock.instant(),
                        action,
                        Result.SUCCESS,
                        call.admin().map(ClientId::value),
                        Optional.of(call.id()),
                        Optional.of(call.request().remotePeer().host()),
                        details));
    }

    private static Reply invalid(String detail, Call call) {
        return problem(Problem.Kind.INVALID, detail, call);
    }

    private static Reply problem(Problem.Kind kind, String detail, Call call) {
        return Reply.problem(Problem.of(kind, detail, call.id()), Map.of());
    }
}
