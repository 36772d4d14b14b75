package io.gemproxy.server.gemini;

/** What a request asks Gemini to do; the bounded set of names used in metrics and audit. */
public enum Operation {
    GENERATE("generate_content"),
    STREAM_GENERATE("stream_generate_content"),
    COUNT_TOKENS("count_tokens"),
    EMBED("embed_content"),
    PREDICT("predict"),
    BATCH_CREATE("batch_create"),
    BATCHES("batches"),
    UPLOAD_START("upload_start"),
    UPLOAD_CHUNK("upload_chunk"),
    FILES("files"),
    DOWNLOAD("download"),
    CACHED_CONTENTS("cached_contents"),
    OPERATIONS("operations"),
    MODELS("models"),
    TUNED_MODELS("tuned_models"),
    FILE_SEARCH_STORES("file_search_stores"),
    INTERACTIONS("interactions"),
    AUTH_TOKENS("auth_tokens"),
    OPENAI_CHAT("openai_chat"),
    OPENAI_EMBEDDINGS("openai_embeddings"),
    OPENAI_MODELS("openai_models"),
    OPENAI_FILES("openai_files"),
    OPENAI_BATCHES("openai_batches"),
    OPENAI_OTHER("openai_other"),
    LIVE("live"),
    /** A token for a client's secret; our own, Google has no such thing. */
    OAUTH_TOKEN("oauth_token"),
    OTHER("other");

    private final String label;

    Operation(String label) {
        this.label = label;
    }

    /** As written in metrics and audit. */
    public String label() {
        return label;
    }
}
