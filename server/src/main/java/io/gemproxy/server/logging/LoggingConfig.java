package io.gemproxy.server.logging;

/**
 * The {@code logging} section.
 *
 * @param level least important level that is written
 * @param format one JSON object or one text line per record
 */
public record LoggingConfig(Level level, Format format) {
    /** Levels in falling importance. */
    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }

    /** Shapes of a line. */
    public enum Format {
        JSON,
        TEXT
    }
}
