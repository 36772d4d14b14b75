package io.gemproxy.server.gemini;

/** How sure token counts are. */
public enum Counting {
    /** Google stated them at the end of its answer. */
    STATED,
    /** The answer broke off: at least so many were used. */
    LOWER_BOUND,
    /** Google stated none, so they are guessed from the size of request and answer. */
    ESTIMATED
}
