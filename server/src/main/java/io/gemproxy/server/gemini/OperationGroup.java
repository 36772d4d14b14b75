package io.gemproxy.server.gemini;

import java.util.Optional;

/** What a client may be allowed to do, in the words of tokens and configuration. */
public enum OperationGroup {
    /** Making content, counting its tokens, and interactions. */
    GENERATE("generate"),
    EMBED("embed"),
    /** Files, their uploads and downloads, and file search stores. */
    FILES("files"),
    CACHES("caches"),
    /** Batches and the operations that carry them out. */
    BATCHES("batches"),
    /** Live sessions and the short-lived tokens made for them. */
    LIVE("live");

    private final String word;

    OperationGroup(String word) {
        this.word = word;
    }

    /** As written in tokens and configuration. */
    public String word() {
        return word;
    }

    /** The group of that word, if there is one. */
    public static Optional<OperationGroup> of(String word) {
        for (OperationGroup group : values()) {
            if (group.word.equals(word)) {
                return Optional.of(group);
            }
        }
        return Optional.empty();
    }

    /**
     * The group an operation belongs to; empty for reading the list of models, which all may, and
     * for what comes before all permission.
     */
    public static Optional<OperationGroup> of(Operation operation) {
        return switch (operation) {
            case GENERATE,
                    STREAM_GENERATE,
                    COUNT_TOKENS,
                    PREDICT,
                    INTERACTIONS,
                    TUNED_MODELS,
                    OPENAI_CHAT,
                    OPENAI_OTHER,
                    OTHER ->
                    Optional.of(GENERATE);
            case EMBED, OPENAI_EMBEDDINGS -> Optional.of(EMBED);
            case UPLOAD_START, UPLOAD_CHUNK, FILES, DOWNLOAD, FILE_SEARCH_STORES, OPENAI_FILES ->
                    Optional.of(FILES);
            case CACHED_CONTENTS -> Optional.of(CACHES);
            case BATCH_CREATE, BATCHES, OPERATIONS, OPENAI_BATCHES -> Optional.of(BATCHES);
            case AUTH_TOKENS, LIVE -> Optional.of(LIVE);
            case MODELS, OPENAI_MODELS, OAUTH_TOKEN -> Optional.empty();
        };
    }
}
