package io.gemproxy.server.listener;

import io.gemproxy.server.gemini.GeminiTarget;
import java.util.Optional;

/** Says what a request asks Gemini for. */
@FunctionalInterface
public interface TargetParser {
    /**
     * Reads method, canonical path and raw query.
     *
     * @return empty if that is no request of the Gemini API
     */
    Optional<GeminiTarget> parse(String method, String path, String query);
}
