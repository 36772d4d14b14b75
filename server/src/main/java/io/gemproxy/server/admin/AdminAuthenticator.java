package io.gemproxy.server.admin;

import io.gemproxy.server.exchange.ClientId;

/** Says whether a bearer token opens the admin API. */
@FunctionalInterface
public interface AdminAuthenticator {
    /** Judges the token of an {@code Authorization: Bearer} header; never throws for a bad one. */
    Decision authenticate(String token);

    /** What a token is worth here. */
    sealed interface Decision {
        /** An admin's token that holds. */
        record Granted(ClientId admin) implements Decision {}

        /** It holds, but its role is not admin. */
        record NotAdmin(ClientId client) implements Decision {}

        /** It does not hold. */
        record Refused() implements Decision {}
    }
}
