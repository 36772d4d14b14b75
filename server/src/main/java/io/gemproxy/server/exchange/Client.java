package io.gemproxy.server.exchange;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Who is calling, as its verified token says.
 *
 * @param id the name of the client
 * @param role client or admin
 * @param tokenId the {@code jti} of the token, if it has one
 * @param models globs of the models it may call; empty means all
 * @param requestsPerMinute its own limit, if the token carries one
 */
public record Client(
        ClientId id,
        Role role,
        Optional<String> tokenId,
        List<String> models,
        OptionalInt requestsPerMinute) {
    /** The client of a proxy that runs without authentication, which serves loopback only. */
    public static final Client ANONYMOUS =
            new Client(
                    new ClientId("anonymous"),
                    Role.CLIENT,
                    Optional.empty(),
                    List.of(),
                    OptionalInt.empty());
}
