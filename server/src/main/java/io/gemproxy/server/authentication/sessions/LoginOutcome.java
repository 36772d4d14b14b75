package io.gemproxy.server.authentication.sessions;

import java.time.Duration;

/** What became of a login. */
public sealed interface LoginOutcome {
    /** The password was right. */
    record Opened(SessionTokens tokens) implements LoginOutcome {}

    /**
     * It was not, or there is none.
     *
     * @param addressLocked whether the address is locked out from now on
     * @param accountLocked whether everybody is
     */
    record Wrong(boolean addressLocked, boolean accountLocked) implements LoginOutcome {}

    /**
     * There were too many vain ones; this one was not looked at.
     *
     * @param remaining until the next one can work
     * @param first whether it is the first that is told so; the others are not worth a record
     */
    record LockedOut(Duration remaining, boolean first) implements LoginOutcome {}
}
