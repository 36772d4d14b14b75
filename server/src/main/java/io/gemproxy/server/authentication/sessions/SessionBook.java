package io.gemproxy.server.authentication.sessions;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The sessions there are, in memory and on disk. Anybody may read and mark them as used at any
 * time; whoever changes anything else comes one at a time.
 */
final class SessionBook {
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final SessionList.Store store;
    private final Supplier<Duration> idleTimeout;
    private final InstantSource clock;
    private volatile Instant saved;

    /**
     * @param kept by an earlier process
     * @param idleTimeout as it is in effect
     */
    SessionBook(
            SessionList kept,
            SessionList.Store store,
            Supplier<Duration> idleTimeout,
            InstantSource clock) {
        this.store = store;
        this.idleTimeout = idleTimeout;
        this.clock = clock;
        this.saved = clock.instant();
        kept.sessions().forEach(it -> sessions.put(it.id(), it));
    }

    /** One that lives. */
    Optional<Session> find(String id) {
        return Optional.ofNullable(sessions.get(id)).filter(this::lives);
    }

    List<Session> live() {
        return sessions.values().stream().filter(this::lives).toList();
    }

    private boolean lives(Session session) {
        return session.livesAt(clock.instant(), idleTimeout.get());
    }

    /** Marks one as used now, in memory; empty if there is none. */
    Optional<Session> use(String id) {
        Instant now = clock.instant();
        return Optional.ofNullable(sessions.computeIfPresent(id, (_, it) -> it.usedAt(now)));
    }

    /** Whether what the disk knows of their use is older than a quarter of the idle timeout. */
    boolean isBehind() {
        return saved.plus(idleTimeout.get().dividedBy(4)).isBefore(clock.instant());
    }

    /** Leaves the disk behind for the same time once more. */
    void putOff() {
        saved = clock.instant();
    }

    /** Lets those go that are over, and of the others the idlest until one fits. */
    void makeRoom(int most) {
        sessions.values().removeIf(session -> !lives(session));
        while (sessions.size() >= most) {
            sessions.values().stream()
                    .min(Comparator.comparing(Session::lastUsedAt))
                    .ifPresent(idlest -> sessions.remove(idlest.id()));
        }
    }

    /** On disk first: what a crash would forget is not promised. */
    void keep(Session changed) throws IOException {
        List<Session> next = new ArrayList<>(live());
        next.removeIf(it -> it.id().equals(changed.id()));
        next.add(changed);
        save(next);
        sessions.put(changed.id(), changed);
    }

    /** Whether there was one that lived. */
    boolean remove(String id) {
        return Optional.ofNullable(sessions.remove(id)).filter(this::lives).isPresent();
    }

    /** Removes all; how many lived. */
    int clear() {
        int lived = live().size();
        sessions.clear();
        return lived;
    }

    /** Puts all that live on disk. */
    void save() throws IOException {
        save(live());
    }

    private void save(List<Session> all) throws IOException {
        store.keep(new SessionList(all));
        saved = clock.instant();
    }
}
