package io.gemproxy.server.authentication;

import io.gemproxy.server.exchange.Client;

/** What came of checking a credential. */
public sealed interface AuthenticationResult {
    /** The token holds. */
    record Authenticated(Client client) implements AuthenticationResult {}

    /**
     * The token does not hold.
     *
     * @param reason a stable code for audit and metrics; the client is never told which
     */
    record Refused(String reason) implements AuthenticationResult {}
}
