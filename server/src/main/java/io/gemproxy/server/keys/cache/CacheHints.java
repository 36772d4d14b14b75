package io.gemproxy.server.keys.cache;

import java.util.List;
import java.util.Optional;

/**
 * What of a request may lie in a project's cache, the longest part first.
 *
 * @param underWay the conversation, by its opening or the session the client named
 * @param instructions system instruction and tools, if they are long enough to be cached alone
 */
public record CacheHints(List<CacheKey> underWay, Optional<CacheKey> instructions) {
    /** Of a request that belongs to no other. */
    public static final CacheHints NONE = new CacheHints(List.of(), Optional.empty());

    boolean isEmpty() {
        return underWay.isEmpty() && instructions.isEmpty();
    }
}
