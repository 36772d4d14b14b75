package io.gemproxy.server.keys.cache;

import java.time.Duration;

/**
 * Requests that share a cached beginning and the project that has it ({@code
 * gemini.cache_affinity}).
 *
 * @param by what shows that requests belong together
 * @param lifetime how long a project is believed to keep an unused prefix
 */
public record CacheAffinityConfig(By by, Duration lifetime) {
    /** What shows that requests belong together. */
    public enum By {
        /** Nothing: each request goes where the selection policy says. */
        NONE,
        /** The session that the client names in a header. */
        SESSION,
        /** The beginning of the prompt. */
        PREFIX,
        /** Session and beginning. */
        BOTH;

        /** Whether a session named by the client counts. */
        public boolean session() {
            return this == SESSION || this == BOTH;
        }

        /** Whether the body is read. */
        public boolean prefix() {
            return this == PREFIX || this == BOTH;
        }
    }
}
