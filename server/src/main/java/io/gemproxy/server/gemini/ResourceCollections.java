package io.gemproxy.server.gemini;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What is known of the collections whose resources belong to a project. */
public final class ResourceCollections {
    /** Named by {@code id} in answers and by {@code collection/id} in paths. */
    private static final Set<String> WITH_IDS =
            Set.of(
                    "interactions",
                    "agents",
                    "environments",
                    "triggers",
                    "webhooks",
                    "credentials",
                    "voices");

    /** Named by {@code name} everywhere. */
    private static final Set<String> WITH_NAMES =
            Set.of(
                    "models",
                    "files",
                    "cachedContents",
                    "batches",
                    "tunedModels",
                    "fileSearchStores",
                    "corpora",
                    "generatedFiles",
                    "auth_tokens");

    /** Model lists belong to no client. */
    private static final Set<String> EVERYBODYS = Set.of("models", "dynamic", "");

    private static final Duration UNTIL_DELETED = Duration.ofDays(3_650);

    private ResourceCollections() {}

    static boolean isKnown(String collection) {
        return WITH_NAMES.contains(collection) || WITH_IDS.contains(collection);
    }

    /** The collection to put before a bare {@code id} in answers to this target. */
    static Optional<String> ofIds(GeminiTarget target) {
        String collection = collection(target);
        boolean ids =
                target.dialect() == Dialect.OPENAI
                        ? OpenAiIds.COLLECTIONS.contains(collection)
                        : WITH_IDS.contains(collection);
        return ids ? Optional.of(collection) : Optional.empty();
    }

    /**
     * Whether {@code GET} on this path lists what a project holds, whoever made it: a collection
     * without an id, or the operations of a model.
     */
    public static boolean isListed(GeminiTarget target) {
        String rest = withoutEnd(behindVersion(target.path()));
        if (rest.startsWith("models/")) {
            return rest.endsWith("/operations");
        }
        boolean whole = rest.indexOf('/') < 0 && rest.indexOf(':') < 0;
        return whole && !EVERYBODYS.contains(rest) && isGemini(target);
    }

    /** What a lenient router might pass over. */
    private static String withoutEnd(String path) {
        int end = path.length();
        while (end > 0 && (path.charAt(end - 1) == '/' || path.charAt(end - 1) == ':')) {
            end--;
        }
        return path.substring(0, end);
    }

    /**
     * Whether it stands for all of a collection ({@code fileSearchStores/-}, see AIP-159), whoever
     * made them.
     */
    public static boolean isWildcard(String name) {
        return name.endsWith("/-") || name.contains("/-/");
    }

    private static boolean isGemini(GeminiTarget target) {
        return target.operation() != Operation.LIVE
                && target.operation() != Operation.UPLOAD_START
                && target.operation() != Operation.UPLOAD_CHUNK;
    }

    /**
     * The name of an item of a list.
     *
     * @param name its {@code name}, empty if it has none
     * @param id its {@code id}, empty if it has none
     */
    public static Optional<String> named(GeminiTarget target, String name, String id) {
        if (name.indexOf('/') > 0 && target.dialect() == Dialect.NATIVE) {
            return Optional.of(name);
        }
        return ofIds(target).flatMap(collection -> OpenAiIds.named(collection, id));
    }

    /** The collection a path is in, e.g. {@code files}; empty for none. */
    public static String collection(GeminiTarget target) {
        String rest = behindVersion(target.path());
        int end = 0;
        while (end < rest.length() && rest.charAt(end) != '/' && rest.charAt(end) != ':') {
            end++;
        }
        return rest.substring(0, end);
    }

    /**
     * How long a resource is known for when its answer does not say when it ends (Gemini API
     * guides: files 48 hours, interactions 55 days), with some room so that its end is Google's to
     * tell.
     */
    public static Duration lifetime(String name) {
        if (name.contains("/operations/")) {
            return Duration.ofDays(30);
        }
        return switch (name.substring(0, Math.max(0, name.indexOf('/')))) {
            case "files" -> Duration.ofHours(50);
            case "cachedContents" -> Duration.ofDays(2);
            case "auth_tokens" -> Duration.ofDays(1);
            case "batches", "interactions", "videos", "generatedFiles" -> Duration.ofDays(60);
            default -> UNTIL_DELETED;
        };
    }

    private static String behindVersion(String path) {
        boolean prefixed = path.startsWith("/upload/") || path.startsWith("/download/");
        int start = prefixed ? path.indexOf('/', 1) : 0;
        int slash = path.indexOf('/', start + 1);
        String rest = slash < 0 ? "" : path.substring(slash + 1);
        return rest.startsWith("openai/") ? rest.substring("openai/".length()) : rest;
    }
}
