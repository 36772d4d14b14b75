package io.gemproxy.server.gemini;

import java.util.Optional;

/**
 * A path below a version: collection, id, the remainder and the custom verb after the last colon.
 *
 * @param collection the first segment, e.g. {@code models}
 * @param id the second segment, empty if there is none
 * @param below what follows the second segment, e.g. {@code operations/op}, empty if nothing does
 * @param verb e.g. {@code generateContent}, empty if there is none
 */
record ResourcePath(String collection, String id, String below, String verb) {

    /** Reads what begins at {@code start}, a leading slash not counted. */
    static ResourcePath at(String path, int start) {
        int from = start < path.length() && path.charAt(start) == '/' ? start + 1 : start;
        int colon = path.lastIndexOf(':');
        boolean hasVerb = colon >= from && colon > path.lastIndexOf('/');
        int end = hasVerb ? colon : path.length();
        String verb = hasVerb ? path.substring(colon + 1) : "";
        int first = slash(path, from, end);
        int second = first == end ? end : slash(path, first + 1, end);
        return new ResourcePath(
                path.substring(from, first),
                first == end ? "" : path.substring(first + 1, second),
                second == end ? "" : path.substring(second + 1, end),
                verb);
    }

    private static int slash(String path, int from, int end) {
        int found = path.indexOf('/', from);
        return found < 0 || found > end ? end : found;
    }

    Optional<ModelName> model() {
        return switch (collection) {
            case "models" -> ModelNames.of(id);
            case "tunedModels" -> id.isEmpty() ? Optional.empty() : ModelNames.of(name());
            default -> Optional.empty();
        };
    }

    /**
     * The name whose project the request is bound to. What lies below a store, an environment or
     * the like is bound as its owner is; a model is bound to nobody, its operations are.
     */
    Optional<String> resource() {
        if (id.isEmpty()) {
            return Optional.empty();
        }
        return switch (collection) {
            case "models" -> isOperation() ? Optional.of(name() + "/" + below) : Optional.empty();
            case "tunedModels" -> Optional.of(isOperation() ? name() + "/" + below : name());
            case "dynamic" -> Optional.empty();
            default -> Optional.of(name());
        };
    }

    Operation operation() {
        if (isOperation()) {
            return Operation.OPERATIONS;
        }
        return switch (collection) {
            case "models" -> verb.isEmpty() ? Operation.MODELS : modelVerb();
            case "tunedModels" -> verb.isEmpty() ? Operation.TUNED_MODELS : modelVerb();
            case "dynamic" -> modelVerb();
            case "files" -> verb.equals("download") ? Operation.DOWNLOAD : Operation.FILES;
            case "batches" -> Operation.BATCHES;
            case "cachedContents" -> Operation.CACHED_CONTENTS;
            case "fileSearchStores" -> Operation.FILE_SEARCH_STORES;
            case "interactions" -> Operation.INTERACTIONS;
            case "auth_tokens" -> Operation.AUTH_TOKENS;
            default -> Operation.OTHER;
        };
    }

    private Operation modelVerb() {
        return switch (verb) {
            case "generateContent" -> Operation.GENERATE;
            case "streamGenerateContent" -> Operation.STREAM_GENERATE;
            case "countTokens", "computeTokens" -> Operation.COUNT_TOKENS;
            case "embedContent", "batchEmbedContents" -> Operation.EMBED;
            case "predict", "predictLongRunning" -> Operation.PREDICT;
            case "batchGenerateContent", "asyncBatchEmbedContent" -> Operation.BATCH_CREATE;
            default -> Operation.OTHER;
        };
    }

    private boolean isOperation() {
        return below.startsWith("operations/") || below.startsWith("upload/operations/");
    }

    private String name() {
        return collection + "/" + id;
    }
}
