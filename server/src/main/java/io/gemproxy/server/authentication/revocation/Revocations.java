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

    /** So many clients; more are better taken back by the age of everybody's tokens. */
    public static final int MOST_CLIENTS = 100_000;

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
     * @return what is now in the list: this, or one made before that contains it
     * @throws TooManyRevocations if there is no room for another token, or another client
     * @throws IOException if it is in force but not certainly on disk
     */
    public Revocation revoke(RevocationOrder order, Optional<ClientId> by)
            throws IOException, TooManyRevocations {
        changing.lock();
        try {
            Revocation kept = add(revocation(order, by));
            // its secrets buy no token from here on; those bought while it was being added fall too
            if (!clock.instant().isBefore(endOf(order, kept))) {
                kept = add(revocation(order, by));
            }
            store.keep(new RevocationList(all));
            return kept;
        } finally {
            changing.unlock();
        }
    }

    private static Instant endOf(RevocationOrder order, Revocation kept) {
        Instant end = kept.issuedBefore();
        return order instanceof RevocationOrder.OfClient && end != null ? end : Instant.MAX;
    }

    private Revocation add(Revocation added) throws TooManyRevocations {
        Optional<Revocation> contains = list().stream().filter(added::isIn).findFirst();
        if (contains.isPresent()) {
            return contains.get();
        }
        List<Revocation> next = new ArrayList<>(list());
        next.removeIf(one -> one.isIn(added));
        requireRoom(next, added);
        next.add(added);
        all = List.copyOf(next);
        now = new RevokedNow(all);
        return added;
    }

    private static void requireRoom(List<Revocation> kept, Revocation added)
            throws TooManyRevocations {
        if (added.isOfAll()) {
            return;
        }
        long alike =
                kept.stream()
                        .filter(one -> !one.isOfAll() && one.isOfToken() == added.isOfToken())
                        .count();
        if (alike >= (added.isOfToken() ? MOST : MOST_CLIENTS)) {
            throw new TooManyRevocations(alike);
        }
    }

    private Revocation revocation(RevocationOrder order, Optional<ClientId> admin) {
        Instant moment = clock.instant();
        String by = admin.map(ClientId::value).orElse(null);
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
