package io.gemproxy.server.gemini;

import java.util.Set;

/** Which requests Google bills for themselves, as far as method and path tell. */
public final class Billing {
    /**
     * Collections where making something costs nothing, nor begins what does (Gemini API pricing
     * page). Any other is taken for billed: what is not known may cost.
     */
    private static final Set<String> FREE =
            Set.of(
                    "agents",
                    "environments",
                    "webhooks",
                    "credentials",
                    "voices",
                    "corpora",
                    "generatedFiles");

    private Billing() {}

    /**
     * Whether asking is billed now, at the price of the model that path or body names. A batch
     * whose models stand in a file is billed when its results are read, a cache when its answer
     * says how much is stored.
     */
    public static boolean isAsked(String method, GeminiTarget target) {
        return method.equals("POST")
                && switch (target.operation()) {
                    case GENERATE,
                            STREAM_GENERATE,
                            EMBED,
                            PREDICT,
                            BATCH_CREATE,
                            OPENAI_CHAT,
                            OPENAI_EMBEDDINGS,
                            OPENAI_OTHER,
                            LIVE ->
                            true;
                    case INTERACTIONS -> target.resource().isEmpty();
                    case OTHER -> mayCost(target);
                    case COUNT_TOKENS,
                            BATCHES,
                            UPLOAD_START,
                            UPLOAD_CHUNK,
                            FILES,
                            DOWNLOAD,
                            CACHED_CONTENTS,
                            OPERATIONS,
                            MODELS,
                            TUNED_MODELS,
                            FILE_SEARCH_STORES,
                            AUTH_TOKENS,
                            OAUTH_TOKEN,
                            OPENAI_MODELS,
                            OPENAI_FILES,
                            OPENAI_BATCHES ->
                            false;
                };
    }

    private static boolean mayCost(GeminiTarget target) {
        return !FREE.contains(ResourceCollections.collection(target))
                && !target.path().endsWith(":transferOwnership");
    }
}
