package io.gemproxy.server.authentication.sessions;

import java.time.Instant;

/**
 * A session with its tokens, which are handed out once and not kept.
 *
 * @param session what was opened or renewed
 * @param access an admin token
 * @param accessExpiresAt its end, if the session lives so long
 * @param refresh exchanged once for the next pair
 */
public record SessionTokens(
        Session session, String access, Instant accessExpiresAt, String refresh) {
    @Override
    public String toString() {
        return "SessionTokens[" + session.id() + "]";
    }
}
