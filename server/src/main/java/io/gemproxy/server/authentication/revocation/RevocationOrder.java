package io.gemproxy.server.authentication.revocation;

import io.gemproxy.server.exchange.ClientId;
import java.time.Instant;
import java.util.Optional;

/** What is to be taken back. */
public sealed interface RevocationOrder {
    /**
     * One token.
     *
     * @param expiresAt its {@code exp} and the allowed skew, if known; the order is dropped then
     */
    record OfToken(String jti, Optional<Instant> expiresAt) implements RevocationOrder {}

    /** All a client holds: its tokens issued until now, its keys and its OAuth secrets. */
    record OfClient(ClientId client) implements RevocationOrder {}

    /** A client's tokens issued before a moment. */
    record OfClientBefore(ClientId client, Instant issuedBefore) implements RevocationOrder {}

    /** Everybody's tokens issued before a moment, those of admins included. */
    record OfAllBefore(Instant issuedBefore) implements RevocationOrder {}
}
