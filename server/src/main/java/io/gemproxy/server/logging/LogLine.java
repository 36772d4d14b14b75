package io.gemproxy.server.logging;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;

/**
 * One record of the application log, its secrets already scrubbed.
 *
 * @param at when
 * @param level as java.util.logging names it
 * @param logger its name
 * @param message what is said
 * @param requestId of the request it belongs to
 * @param error class and message of what was thrown and of its causes
 * @param frames the first of the places it was thrown from
 */
record LogLine(
        Instant at,
        Level level,
        String logger,
        String message,
        Optional<String> requestId,
        Optional<String> error,
        List<String> frames) {
    /** The word of our configuration and of System.Logger. */
    String levelWord() {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (value >= Level.WARNING.intValue()) {
            return "WARN";
        }
        if (value >= Level.CONFIG.intValue()) {
            return "INFO";
        }
        return value >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
    }

    /** What the journal takes from the beginning of a line, as syslog(3) counts. */
    String priority() {
        return switch (levelWord()) {
            case "ERROR" -> "<3>";
            case "WARN" -> "<4>";
            case "INFO" -> "<6>";
            default -> "<7>";
        };
    }
}
