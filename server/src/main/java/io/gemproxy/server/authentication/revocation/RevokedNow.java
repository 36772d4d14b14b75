package io.gemproxy.server.authentication.revocation;

import io.gemproxy.server.exchange.Client;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The revocations of one moment, laid out for the question of each request. Never changed. */
final class RevokedNow {
    private final Set<String> ids = new HashSet<>();
    private final Map<String, Instant> clients = new HashMap<>();
    private final Set<String> credentials = new HashSet<>();
    private Instant everybody = Instant.MIN;

    RevokedNow(List<Revocation> revocations) {
        revocations.forEach(this::add);
    }

    private void add(Revocation one) {
        credentials.addAll(one.credentials());
        String jti = one.jti();
        String subject = one.subject();
        if (jti != null) {
            ids.add(jti);
        } else if (one.issuedBefore() != null && subject != null) {
            clients.merge(subject, one.issuedBefore(), RevokedNow::later);
        } else if (one.issuedBefore() != null) {
            everybody = later(everybody, one.issuedBefore());
        }
    }

    boolean holds(Client client, Optional<Instant> issuedAt) {
        return client.tokenId().filter(ids::contains).isPresent()
                || isBefore(issuedAt, everybody)
                || isBefore(issuedAt, clients.get(client.id().value()));
    }

    boolean holds(String digest) {
        return credentials.contains(digest);
    }

    /** A token that does not say when it was issued may be older than any moment. */
    private static boolean isBefore(Optional<Instant> issuedAt, @Nullable Instant bound) {
        return bound != null
                && !bound.equals(Instant.MIN)
                && issuedAt.map(it -> it.isBefore(bound)).orElse(true);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
