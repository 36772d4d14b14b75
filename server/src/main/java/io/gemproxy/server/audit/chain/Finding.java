package io.gemproxy.server.audit.chain;

/**
 * Something wrong with the log.
 *
 * @param kind what it is
 * @param file its name
 * @param line where, from 1
 * @param message for people
 */
public record Finding(Kind kind, String file, long line, String message) {
    /** What can be wrong. */
    public enum Kind {
        /** The line is not what the server wrote, or the server never wrote it. */
        CHANGED,
        /** Records before this line are gone. */
        MISSING,
        /** The record stood elsewhere, or stands here twice. */
        MISPLACED,
        /** The newest records are gone. */
        TRUNCATED,
        /** The oldest records are gone, and the log does not say that it let them go. */
        BEGINS_LATE,
        /** The head is not there, or is not what the server wrote. */
        HEAD,
        /** The server itself found the log changed when it started. */
        REPORTED,
        /** No key at hand made the log. */
        UNKNOWN_KEY
    }
}
