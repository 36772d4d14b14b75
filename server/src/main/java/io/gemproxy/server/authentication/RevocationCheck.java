package io.gemproxy.server.authentication;

import io.gemproxy.server.exchange.Client;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a credential that holds has been taken back. Asked on each call, of remembered tokens
 * too, so it must answer from memory.
 */
@FunctionalInterface
public interface RevocationCheck {
    /** Nothing is revoked. */
    RevocationCheck NONE = (_, _) -> false;

    /**
     * True if the credential is to be refused.
     *
     * @param client whom it names, and its {@code jti} if it has one
     * @param issuedAt its {@code iat} at the latest, if it has one
     */
    boolean revoked(Client client, Optional<Instant> issuedAt);
}
