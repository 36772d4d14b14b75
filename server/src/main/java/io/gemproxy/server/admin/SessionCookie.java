package io.gemproxy.server.admin;

import java.util.Map;

/**
 * The cookie of a session, for pages of this port: out of reach of scripts, of plain HTTP but on
 * the machine itself, of other hosts and of other sites.
 */
final class SessionCookie {
    private static final String SET = "Set-Cookie";
    private static final String MARKS = "; Path=/; HttpOnly; Secure; SameSite=Strict";

    private SessionCookie() {}

    /** It has no date, so that it ends with the browser at the latest. */
    static Reply set(Reply reply, String token) {
        return reply.with(Map.of(SET, AdminDoor.COOKIE + "=" + token + MARKS));
    }

    static Reply cleared(Reply reply) {
        return reply.with(Map.of(SET, AdminDoor.COOKIE + "=" + MARKS + "; Max-Age=0"));
    }
}
