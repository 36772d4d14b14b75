package io.gemproxy.server.exchange;

import java.util.List;
import java.util.Optional;

/**
 * Who is calling, as its verified credential says.
 *
 * @param id the name of the client
 * @param role client or admin
 * @param tokenId the {@code jti} of the token, if it has one
 * @param entitlement what it may do
 */
public record Client(ClientId id, Role role, Optional<String> tokenId, Entitlement entitlement) {
    /** The client of a proxy that runs without authentication, which serves loopback only. */
    public static final Client ANONYMOUS =
            new Client(new ClientId("anonymous"), Role.CLIENT, Optional.empty(), Entitlement.ALL);

    /** Globs of the models its credential names; empty means all that it is bounded by. */
    public List<String> models() {
        return entitlement.models();
    }

    /** The same client, as far as something else said of it allows. */
    public Client boundedBy(Entitlement bound) {
        return new Client(id, role, tokenId, entitlement.boundedBy(bound));
    }

    /** Its own limits. */
    public Limits limits() {
        return entitlement.limits();
    }
}
