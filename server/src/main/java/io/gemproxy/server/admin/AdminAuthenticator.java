package io.gemproxy.server.admin;

import io.gemproxy.server.exchange.ClientId;
import java.util.Optional;

/** Says whether a bearer token opens the admin API. */
@FunctionalInterface
public interface AdminAuthenticator {
    /** Judges the token of an {@code Authorization: Bearer} header; never throws for a bad one. */
    Decision authenticate(String token);

    /** What a token is worth here. */
    sealed interface Decision {
        /** An admin's token that holds; of which session, if it came from a login. */
        record Granted(ClientId admin, Optional<String> session) implements Decision {
            /** A token that was minted. */
            public Granted(ClientId admin) {
                this(admin, Optional.empty());
            }
        }

        /** It holds, but its role is not admin. */
        record NotAdmin(ClientId client) implements Decision {}

        /** It does not hold. */
        record Refused() implements Decision {}
    }
}
