package io.gemproxy.server.metrics;

import java.util.List;
import java.util.Map;

/**
 * The failures of the windows.
 *
 * @param total failed requests by window
 * @param classes by {@link ErrorClass} label
 * @param models by model label
 * @param keys failed attempts by key, those that another key then made good included
 * @param recent the last failed requests, newest first
 */
public record Errors(
        Map<Window, Long> total,
        Map<String, Count> classes,
        Map<String, Count> models,
        Map<String, Count> keys,
        List<ErrorExample> recent) {
    /**
     * Failures of one kind.
     *
     * @param byWindow how many
     * @param last the newest
     */
    public record Count(Map<Window, Long> byWindow, ErrorExample last) {}
}
