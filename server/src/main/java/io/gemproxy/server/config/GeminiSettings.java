package io.gemproxy.server.config;

import static io.gemproxy.server.config.Rows.oneOf;
import static io.gemproxy.server.config.Rows.optional;
import static io.gemproxy.server.config.Rows.seconds;
import static io.gemproxy.server.config.Rows.standard;
import static io.gemproxy.server.config.Rows.whole;

import java.util.List;

/** The rows of the table of settings that are about how Gemini is asked and how a key is chosen. */
final class GeminiSettings {
    private GeminiSettings() {}

    static List<Setting> all() {
        return List.of(
                standard(
                                "gemini.base_url",
                                new Kind.Origin(),
                                "https://generativelanguage.googleapis.com",
                                "Where the Gemini API is.",
                                "https://generativelanguage.googleapis.com")
                        .onRestart(),
                seconds(
                        "gemini.timeout_seconds",
                        3_600,
                        "300",
                        "To the first byte of an answer; thinking models take minutes."),
                seconds("gemini.connect_timeout_seconds", 300, "10", "To a connection with TLS.")
                        .onRestart(),
                seconds(
                        "gemini.stream_idle_timeout_seconds",
                        3_600,
                        "300",
                        "The longest silence inside an answer."),
                seconds(
                        "gemini.total_timeout_seconds",
                        86_400,
                        "3600",
                        "The longest exchange, from the first byte of the request to the last."),
                whole("gemini.max_connections", 1, 65_536, "1000", "Open connections to Gemini.")
                        .onRestart(),
                standard(
                        "gemini.selection",
                        oneOf("weighted_round_robin", "least_loaded", "most_headroom"),
                        "weighted_round_robin",
                        "How the next key is chosen.",
                        "weighted_round_robin"),
                standard(
                                "gemini.cache_affinity",
                                oneOf("none", "session", "prefix", "both"),
                                "session",
                                "Which requests are kept in one project, whose prompt cache they share.",
                                "prefix")
                        .onRestart(),
                seconds(
                                "gemini.cache_lifetime_seconds",
                                86_400,
                                "600",
                                "How long a project is believed to cache an unused prompt.")
                        .onRestart(),
                whole(
                        "gemini.breaker.failures",
                        1,
                        1_000,
                        "5",
                        "So many failures of a key in a row, for no known reason, let it rest."),
                seconds(
                        "gemini.breaker.open_seconds",
                        3_600,
                        "30",
                        "How long it rests the first time; up to ten times as long if it goes on."),
                seconds(
                        "gemini.breaker.slow_start_seconds",
                        3_600,
                        "30",
                        "Over this time a key that comes back is used more and more."),
                standard(
                                "gemini.unknown_resources",
                                oneOf("search", "refuse"),
                                "search",
                                "Whether files and other resources made outside this proxy may be used.",
                                "refuse")
                        .onRestart(),
                optional(
                        "gemini.api_keys_file",
                        new Kind.FilePath(),
                        "config/keys.yaml",
                        "The list of api_keys in a file of its own, with its own mode."));
    }
}
