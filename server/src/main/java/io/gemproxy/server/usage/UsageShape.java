package io.gemproxy.server.usage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.gemini.TokenUsage;
import java.io.IOException;
import java.util.Optional;

/** How an answer states its token counts. */
enum UsageShape {
    /** {@code usageMetadata} of generateContent, embeddings and Live. */
    NATIVE("usageMetadata", "", "modelVersion"),
    /** {@code usage} of the OpenAI-compatible paths. */
    OPENAI("usage", "", "model"),
    /** {@code usage} of an interaction, or of the {@code interaction} in an event. */
    INTERACTIONS("usage", "interaction", "model");

    private static final JsonFactory JSON = new JsonFactory();

    private final String member;
    private final String parent;
    private final String model;

    UsageShape(String member, String parent, String model) {
        this.member = member;
        this.parent = parent;
        this.model = model;
    }

    /** Empty where no counts are billed. */
    static Optional<UsageShape> of(Operation operation) {
        return switch (operation) {
            case GENERATE, STREAM_GENERATE, EMBED, LIVE, OTHER -> Optional.of(NATIVE);
            case OPENAI_CHAT, OPENAI_EMBEDDINGS, OPENAI_FILES, OPENAI_BATCHES, OPENAI_OTHER ->
                    Optional.of(OPENAI);
            case INTERACTIONS -> Optional.of(INTERACTIONS);
            case COUNT_TOKENS,
                    PREDICT,
                    BATCH_CREATE,
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
                    OPENAI_MODELS ->
                    Optional.empty();
        };
    }

    boolean isMember(byte[] name, int length) {
        return same(name, length, member);
    }

    boolean isParent(byte[] name, int length) {
        return !parent.isEmpty() && same(name, length, parent);
    }

    /** Whether the value of that name, beside the usage object, is the model that answered. */
    boolean namesModel(byte[] name, int length) {
        return same(name, length, model);
    }

    private static boolean same(byte[] name, int length, String word) {
        if (length != word.length()) {
            return false;
        }
        int i = 0;
        while (i < length && name[i] == word.charAt(i)) {
            i++;
        }
        return i == length;
    }

    /** The counts of a usage object; empty if it is malformed or states none. */
    Optional<TokenUsage> read(byte[] object, int length) {
        UsageCounts counts = new UsageCounts();
        try (JsonParser json = JSON.createParser(object, 0, length)) {
            json.nextToken();
            counts.read(json);
        } catch (IOException | RuntimeException malformed) {
            return Optional.empty();
        }
        return counts.stated() ? Optional.of(usage(counts)) : Optional.empty();
    }

    private TokenUsage usage(UsageCounts counts) {
        return switch (this) {
            case NATIVE -> counts.ofNative();
            case OPENAI -> counts.ofOpenAi();
            case INTERACTIONS -> counts.ofInteraction();
        };
    }
}
