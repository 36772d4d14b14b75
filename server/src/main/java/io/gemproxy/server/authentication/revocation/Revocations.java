package io.gemproxy.server.authentication.revocation;

import io.gemproxy.server.authentication.RevocationCheck;
import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.ClientId;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * What was taken back. Asking reads memory only; a change is in force at once and on disk before it
 * is confirmed.
 */
public final class Revocations implements RevocationCheck {
    /** So many single tokens; more are better taken back by their client or their age. */
    public static final int MOST = 10_000;

    private final Function<ClientId, List<String>> credentials;
    private final RevocationList.Store store;
    private final InstantSource clock;
    private final ReentrantLock changing = new ReentrantLock();
    private volatile List<Revocation> all;
    private volatile RevokedNow now;

    /**
     * @param kept by an earlier process
     * @param credentials the digests of the keys and secrets a client has now
     */
    public Revocations(
            RevocationList kept,
            Function<ClientId, List<String>> credentials,
            RevocationList.Store store,
            InstantSource clock) {
        this.credentials = credentials;
        this.store = store;
        this.clock = clock;
        this.all = List.copyOf(kept.revocations());
        this.now = new RevokedNow(all);
    }

    @Override
    public boolean revoked(Client client, Optional<Instant> issuedAt) {
        return now.holds(client, issuedAt);
    }

    /** Whether the key or secret of that digest was taken back. */
    public boolean revoked(String digest) {
        return now.holds(digest);
    }

    /** What is revoked and still matters, oldest first. */
    public List<Revocation> list() {
        Instant moment = clock.instant();
        return all.stream().filter(one -> one.mattersAt(moment)).toList();
    }

    /**
     * Takes something back.
     *
     * @param by the admin who does it
     * @return what is now in the list
     * @throws TooManyRevocations if there is no room for another single token
     * @throws IOException if it is in force but not certainly on disk
     */
    public Revocation revoke(RevocationOrder order, Optional<ClientId> by)
            throws IOException, TooManyRevocations {
        Revocation added = revocation(order, by.map(ClientId::value).orElse(null));
        changing.lock();
        try {
            List<Revocation> next = new ArrayList<>(list());
            next.removeIf(one -> one.isIn(added));
            if (added.jti() != null && next.size() >= MOST) {
                throw new TooManyRevocations();
            }
            next.add(added);
            all = List.copyOf(next);
            now = new RevokedNow(all);
            store.keep(new RevocationList(all));
            return added;
        } finally {
            changing.unlock();
        }
    }

    private Revocation revocation(
            RevocationOrder order, @org.jspecify.annotations.Nullable String by) {
        Instant moment = clock.instant();
        return switch (order) {
            case RevocationOrder.OfToken(String jti, Optional<Instant> ends) ->
                    new Revocation(jti, null, null, List.of(), moment, by, ends.orElse(null));
            case RevocationOrder.OfClient(ClientId client) ->
                    new Revocation(
                            null,
                            client.value(),
                            endOfSecond(moment),
                            credentials.apply(client),
                            moment,
                            by,
                            null);
            case RevocationOrder.OfClientBefore(ClientId client, Instant before) ->
                    new Revocation(null, client.value(), before, List.of(), moment, by, null);
            case RevocationOrder.OfAllBefore(Instant before) ->
                    new Revocation(null, null, before, List.of(), moment, by, null);
        };
    }

    /** {@code iat} counts whole seconds: a token of this very second may be older than now. */
    private static Instant endOfSecond(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    }
}
