package io.gemproxy.server.authentication.sessions;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session of the admin port, in the form in which it is kept: of its tokens only digests.
 *
 * @param id names it; no secret
 * @param account who logged in
 * @param createdAt the login
 * @param lastUsedAt the last request, or refresh
 * @param expiresAt it ends then, however much it is used
 * @param address where the login came from
 * @param userAgent what the program that logged in calls itself
 * @param access digest of the id of the token that is valid now
 * @param refresh digest of the refresh token that is valid now
 * @param formerRefresh digest of the one before; whoever shows it, it was stolen from or by
 */
public record Session(
        String id,
        String account,
        Instant createdAt,
        Instant lastUsedAt,
        Instant expiresAt,
        String address,
        @Nullable String userAgent,
        String access,
        String refresh,
        @Nullable String formerRefresh) {
    /** When it ends if nobody uses it from now on. */
    public Instant endsAt(Duration idleTimeout) {
        Instant idle = lastUsedAt.plus(idleTimeout);
        return idle.isBefore(expiresAt) ? idle : expiresAt;
    }

    boolean livesAt(Instant now, Duration idleTimeout) {
        return now.isBefore(endsAt(idleTimeout));
    }

    Session usedAt(Instant now) {
        return now.isAfter(lastUsedAt)
                ? new Session(
                        id,
                        account,
                        createdAt,
                        now,
                        expiresAt,
                        address,
                        userAgent,
                        access,
                        refresh,
                        formerRefresh)
                : this;
    }

    Session renewed(Instant now, String nextAccess, String nextRefresh) {
        return new Session(
                id,
                account,
                createdAt,
                now,
                expiresAt,
                address,
                userAgent,
                nextAccess,
                nextRefresh,
                refresh);
    }
}
