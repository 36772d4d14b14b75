package io.gemproxy.server.keys.affinity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Running uploads by an id nobody can guess: several SDKs send no credential with a chunk, so the
 * id is the credential.
 */
public final class UploadSessions {
    private static final int ID_BYTES = 24;
    private static final int MAX_SESSIONS = 50_000;

    /** Google keeps an unfinished resumable session for about a week. */
    private static final Duration KEPT = Duration.ofDays(7);

    /** The answer to the last chunk may be lost on its way, and the chunk sent again. */
    private static final Duration KEPT_FINISHED = Duration.ofMinutes(10);

    private final Cache<String, UploadChange.Opened> sessions;
    private final Cache<String, UploadChange.Opened> finished;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final Consumer<UploadChange> changed;

    /**
     * An empty table.
     *
     * @param random cryptographically strong
     * @param clock wall clock
     * @param nanoTime monotonic clock
     * @param changed is told of each change; must only hand over
     */
    public UploadSessions(
            RandomGenerator random,
            InstantSource clock,
            LongSupplier nanoTime,
            Consumer<UploadChange> changed) {
        Ticker ticker = nanoTime::getAsLong;
        this.random = random;
        this.clock = clock;
        this.changed = changed;
        this.sessions =
                Caffeine.newBuilder()
                        .maximumSize(MAX_SESSIONS)
                        .expireAfterAccess(KEPT)
                        .ticker(ticker)
                        .build();
        this.finished =
                Caffeine.newBuilder()
                        .maximumSize(MAX_SESSIONS)
                        .expireAfterWrite(KEPT_FINISHED)
                        .ticker(ticker)
                        .build();
    }

    /** Keeps a session that begins now. */
    public String open(UploadSession session) {
        return open(session, clock.instant());
    }

    /**
     * Keeps a session and returns its id: 192 random bits in base64url.
     *
     * @param asked when its client asked for it; a revocation after that ends it
     */
    public String open(UploadSession session, Instant asked) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        String name = Base64.getUrlEncoder().withoutPadding().encodeToString(id);
        UploadChange.Opened opened = new UploadChange.Opened(digest(name), session, asked);
        sessions.put(opened.digest(), opened);
        changed.accept(opened);
        return name;
    }

    /** The session of an id, if it is known and not too old. */
    public Optional<UploadSession> find(String id) {
        return opened(id).map(UploadChange.Opened::session);
    }

    /** The same, with the moment it was opened. */
    public Optional<UploadChange.Opened> opened(String id) {
        String digest = digest(id);
        UploadChange.Opened running = sessions.getIfPresent(digest);
        return Optional.ofNullable(running != null ? running : finished.getIfPresent(digest));
    }

    /** Whether it is finished or cancelled. */
    public boolean isOver(String id) {
        return sessions.getIfPresent(digest(id)) == null;
    }

    /** A finished or cancelled upload is known a while longer, for a chunk that is sent again. */
    public void finish(String id) {
        UploadChange.Opened running = sessions.getIfPresent(digest(id));
        if (running != null) {
            finished.put(running.digest(), running);
            sessions.invalidate(running.digest());
            changed.accept(new UploadChange.Finished(running.digest()));
        }
    }

    /** The uploads that are running. */
    public List<UploadChange.Opened> snapshot() {
        return List.copyOf(sessions.asMap().values());
    }

    /** Puts back what a snapshot held, without telling of it; too old ones stay out. */
    public void restore(Collection<UploadChange.Opened> uploads) {
        Instant oldest = clock.instant().minus(KEPT);
        for (UploadChange.Opened upload : uploads) {
            if (upload.at().isAfter(oldest)) {
                sessions.put(upload.digest(), upload);
            }
        }
    }

    private static String digest(String id) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(id.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
