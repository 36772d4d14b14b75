package io.gemproxy.server.keys.affinity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
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

    private final Cache<String, UploadSession> sessions;
    private final Cache<String, UploadSession> finished;
    private final RandomGenerator random;

    /**
     * An empty table.
     *
     * @param random cryptographically strong
     */
    public UploadSessions(RandomGenerator random, LongSupplier nanoTime) {
        Ticker ticker = nanoTime::getAsLong;
        this.random = random;
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

    /** Keeps a session and returns its id: 192 random bits in base64url. */
    public String open(UploadSession session) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        String name = Base64.getUrlEncoder().withoutPadding().encodeToString(id);
        sessions.put(name, session);
        return name;
    }

    /** The session of an id, if it is known and not too old. */
    public Optional<UploadSession> find(String id) {
        UploadSession running = sessions.getIfPresent(id);
        return Optional.ofNullable(running != null ? running : finished.getIfPresent(id));
    }

    /** A finished or cancelled upload is known a while longer, for a chunk that is sent again. */
    public void finish(String id) {
        UploadSession running = sessions.getIfPresent(id);
        if (running != null) {
            finished.put(id, running);
            sessions.invalidate(id);
        }
    }
}
