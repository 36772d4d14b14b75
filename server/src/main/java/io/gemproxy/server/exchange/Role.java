package io.gemproxy.server.exchange;

/** What a token entitles to: calling Gemini, or the admin API. */
public enum Role {
    CLIENT,
    ADMIN
}
