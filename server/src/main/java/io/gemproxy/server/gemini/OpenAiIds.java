package io.gemproxy.server.gemini;

import java.util.Optional;
import java.util.Set;

/**
 * Names of OpenAI-compatible resources. Google's ids there are native names ({@code files/abc},
 * {@code batches/x}); bare ones ({@code file-abc}) are taken as well.
 */
final class OpenAiIds {
    static final Set<String> COLLECTIONS = Set.of("files", "batches", "videos");

    private OpenAiIds() {}

    /**
     * The resource a path behind {@code /openai/} names; SDKs put a native name there as it is
     * ({@code batches/batches/x}) or with its slash encoded.
     */
    static Optional<String> resourceOf(String rest) {
        int slash = rest.indexOf('/');
        if (slash < 0 || !COLLECTIONS.contains(rest.substring(0, slash))) {
            return Optional.empty();
        }
        String collection = rest.substring(0, slash);
        String below = rest.substring(slash + 1).replace("%2F", "/").replace("%2f", "/");
        String id = below.startsWith(collection + "/") ? below.substring(slash + 1) : below;
        int end = id.indexOf('/');
        return named(collection, end < 0 ? id : id.substring(0, end));
    }

    /** The resource of an id in a body. */
    static Optional<String> named(String collection, String id) {
        if (id.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(id.startsWith(collection + "/") ? id : collection + "/" + id);
    }
}
