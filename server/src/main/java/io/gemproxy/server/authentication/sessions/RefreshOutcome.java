package io.gemproxy.server.authentication.sessions;

/** What became of a refresh token. */
public sealed interface RefreshOutcome {
    /** It was good; here is the next pair. */
    record Refreshed(SessionTokens tokens) implements RefreshOutcome {}

    /** It is of no session that lives. */
    record Unknown() implements RefreshOutcome {}

    /** It had been used before, so somebody else has it too; its session was ended. */
    record Reused(String session) implements RefreshOutcome {}
}
