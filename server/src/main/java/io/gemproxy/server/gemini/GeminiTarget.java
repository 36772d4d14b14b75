package io.gemproxy.server.gemini;

import java.util.Optional;

/**
 * What the path of a request names.
 *
 * @param path canonical, percent-encoded where needed, without query: the one that is routed and
 *     forwarded
 * @param dialect whose error shape to answer in
 * @param operation what is asked for
 * @param model the model, if the path names one
 * @param resource the stateful resource the path names, e.g. {@code files/abc} or {@code
 *     cachedContents/x}
 */
public record GeminiTarget(
        String path,
        Dialect dialect,
        Operation operation,
        Optional<ModelName> model,
        Optional<String> resource) {}
