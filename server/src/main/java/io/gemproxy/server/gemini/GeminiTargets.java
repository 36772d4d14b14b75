package io.gemproxy.server.gemini;

import java.util.Optional;

/**
 * Reads what a canonical path of the Gemini API names; the table of paths is closed at its prefixes
 * and open below them, so that resources Google adds pass.
 */
public final class GeminiTargets {
    private GeminiTargets() {}

    /** As {@link #parse(String, String, String)} with no query. */
    public static Optional<GeminiTarget> parse(String method, String path) {
        return parse(method, path, "");
    }

    /**
     * Reads a request line.
     *
     * @param method as sent, e.g. {@code POST}
     * @param path canonical: no {@code //}, no dot segments, unreserved characters and {@code :}
     *     decoded, no query
     * @param query raw, without {@code ?}; only {@code upload_id} is looked for: it tells a chunk
     *     of an upload from its start
     * @return empty for every path outside the Gemini API, which is a 404
     */
    public static Optional<GeminiTarget> parse(String method, String path, String query) {
        if (path.startsWith("/ws/")) {
            return found(path, Operation.LIVE, Optional.empty(), Optional.empty());
        }
        if (path.startsWith("/upload/")) {
            return Optional.of(upload(method, path, query));
        }
        if (path.startsWith("/download/")) {
            ResourcePath rest = ResourcePath.at(path, afterVersion(path, "/download".length()));
            return found(path, Operation.DOWNLOAD, Optional.empty(), rest.resource());
        }
        int start = afterVersion(path, 0);
        if (start == 0) {
            return Optional.empty();
        }
        return Optional.of(
                path.startsWith("openai/", start)
                        ? openAi(path, start + "openai/".length())
                        : target(path, ResourcePath.at(path, start)));
    }

    private static Optional<GeminiTarget> found(
            String path,
            Operation operation,
            Optional<ModelName> model,
            Optional<String> resource) {
        return Optional.of(new GeminiTarget(path, Dialect.NATIVE, operation, model, resource));
    }

    private static GeminiTarget target(String path, ResourcePath rest) {
        return new GeminiTarget(
                path, Dialect.NATIVE, rest.operation(), rest.model(), rest.resource());
    }

    private static GeminiTarget upload(String method, String path, String query) {
        ResourcePath rest = ResourcePath.at(path, afterVersion(path, "/upload".length()));
        boolean sends = method.equals("POST") || method.equals("PUT");
        Operation operation = sends ? Operation.UPLOAD_START : Operation.OTHER;
        if (hasUploadId(query)) {
            operation = Operation.UPLOAD_CHUNK;
        }
        return new GeminiTarget(path, Dialect.NATIVE, operation, rest.model(), rest.resource());
    }

    private static boolean hasUploadId(String query) {
        return query.startsWith("upload_id=") || query.contains("&upload_id=");
    }

    private static GeminiTarget openAi(String path, int start) {
        String rest = path.substring(start);
        Optional<ModelName> model =
                rest.startsWith("models/")
                        ? ModelNames.of(rest.substring("models/".length()))
                        : Optional.empty();
        return new GeminiTarget(
                path, Dialect.OPENAI, openAiOperation(rest), model, OpenAiIds.resourceOf(rest));
    }

    private static Operation openAiOperation(String rest) {
        int slash = rest.indexOf('/');
        return switch (slash < 0 ? rest : rest.substring(0, slash)) {
            case "chat" ->
                    rest.equals("chat/completions")
                            ? Operation.OPENAI_CHAT
                            : Operation.OPENAI_OTHER;
            case "embeddings" -> slash < 0 ? Operation.OPENAI_EMBEDDINGS : Operation.OPENAI_OTHER;
            case "models" -> Operation.OPENAI_MODELS;
            case "files" -> rest.endsWith("/content") ? Operation.DOWNLOAD : Operation.OPENAI_FILES;
            case "batches" -> Operation.OPENAI_BATCHES;
            case "videos" -> rest.endsWith("/content") ? Operation.DOWNLOAD : Operation.OTHER;
            default -> Operation.OPENAI_OTHER;
        };
    }

    /** The index after {@code /v1beta/} and its like at {@code at}; {@code at} if none is there. */
    private static int afterVersion(String path, int at) {
        for (String version : VERSIONS) {
            if (path.startsWith(version, at)) {
                return at + version.length();
            }
        }
        return at;
    }

    private static final String[] VERSIONS = {"/v1beta/", "/v1/", "/v1alpha/"};
}
