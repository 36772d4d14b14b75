package io.gemproxy.server.admin;

import io.gemproxy.server.authentication.sessions.AdminSessions;
import io.gemproxy.server.authentication.sessions.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A session as the admin API shows it, without its tokens.
 *
 * @param endsAt when it ends if nobody uses it from now on
 * @param current whether it is the caller's own
 */
record SessionJson(
        String id,
        String account,
        Instant createdAt,
        Instant lastUsedAt,
        Instant endsAt,
        Instant expiresAt,
        String address,
        Optional<String> userAgent,
        boolean current) {
    static SessionJson of(Session session, AdminSessions sessions, Optional<String> own) {
        return new SessionJson(
                session.id(),
                session.account(),
                session.createdAt(),
                session.lastUsedAt(),
                sessions.endsAt(session),
                session.expiresAt(),
                session.address(),
                Optional.ofNullable(session.userAgent()),
                own.equals(Optional.of(session.id())));
    }

    /** Body of {@code GET /api/sessions}. */
    record All(List<SessionJson> sessions) {}

    /** What an end came to. */
    record Ended(int ended) {}
}
