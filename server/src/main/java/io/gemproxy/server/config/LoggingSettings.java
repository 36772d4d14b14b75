package io.gemproxy.server.config;

import static io.gemproxy.server.config.Rows.oneOf;
import static io.gemproxy.server.config.Rows.standard;

import java.util.List;

/** The rows of the table of settings that are about the application log. */
final class LoggingSettings {
    private LoggingSettings() {}

    static List<Setting> all() {
        return List.of(
                standard(
                        "logging.level",
                        oneOf("error", "warn", "info", "debug", "trace"),
                        "info",
                        "The least important level that is written.",
                        "info"),
                standard(
                        "logging.format",
                        oneOf("json", "text"),
                        "json",
                        "One JSON object or one text line per record, on standard output.",
                        "json"));
    }
}
