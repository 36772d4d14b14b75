package io.gemproxy.server.keys.cache;

import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.gemini.PromptOpening;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Makes the hints of a request. Safe for use by many threads. */
public final class HintReader {
    /** The longest name of a session, in characters; a longer one is no name. */
    public static final int LONGEST_SESSION = 256;

    /**
     * Shorter prompts are never cached: 1,024 tokens, the least that Google ever asked for, have
     * about four bytes each.
     */
    static final int SHORTEST = 4 * 1024;

    /** Prompts that agree so far share what any model caches: 4,096 tokens. */
    static final int OPENING = 16 * 1024;

    /** A body like this may soon be too long to be seen whole. */
    static final int LONG = 128 * 1024;

    private static final int SALT = 32;

    private final CacheAffinityConfig.By by;
    private final byte[] salt = new byte[SALT];

    /**
     * A reader whose hints no other reader makes.
     *
     * @param random cryptographically strong
     */
    public HintReader(CacheAffinityConfig.By by, RandomGenerator random) {
        this.by = by;
        random.nextBytes(salt);
    }

    /**
     * The hints of one request.
     *
     * @param session as the client names it, if it does
     * @param body all of it or its beginning
     * @param whole whether it is all of it
     */
    public CacheHints read(
            ClientId client,
            Optional<ModelName> model,
            Optional<String> session,
            byte[] body,
            boolean whole) {
        boolean named = by.session() && session.isPresent();
        boolean longEnough = by.prefix() && body.length >= SHORTEST;
        if (!named && !longEnough) {
            return CacheHints.NONE;
        }
        KeyedHash start = KeyedHash.of(salt, client, model);
        Set<CacheKey> underWay = new LinkedHashSet<>(4);
        Optional<CacheKey> instructions =
                longEnough ? prefix(start, body, whole, underWay) : Optional.empty();
        if (named && session.get().length() <= LONGEST_SESSION) {
            underWay.add(start.copy().add(session.get()).key('s'));
        }
        return new CacheHints(List.copyOf(underWay), instructions);
    }

    private static Optional<CacheKey> prefix(
            KeyedHash start, byte[] body, boolean whole, Set<CacheKey> underWay) {
        PromptOpening prompt = PromptOpening.find(body);
        KeyedHash instructed = start.copy();
        int length = 0;
        for (PromptOpening.Slice slice : prompt.instructions()) {
            instructed.add(body, slice.offset(), slice.length());
            length += slice.length();
        }
        Optional<CacheKey> instructions =
                length < SHORTEST ? Optional.empty() : Optional.of(instructed.copy().key('i'));
        if (prompt.firstTurn().isPresent()) {
            PromptOpening.Slice turn = prompt.firstTurn().get();
            underWay.add(opening(instructed, body, turn));
            if (!whole || body.length >= LONG) {
                // Where contents stand first, a longer body no longer shows the instructions.
                underWay.add(opening(start.copy(), body, turn));
            }
        }
        return instructions;
    }

    private static CacheKey opening(KeyedHash hash, byte[] body, PromptOpening.Slice turn) {
        return hash.add(body, turn.offset(), Math.min(turn.length(), OPENING)).key('o');
    }
}
