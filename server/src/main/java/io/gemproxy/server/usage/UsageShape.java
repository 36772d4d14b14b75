package io.gemproxy.server.usage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.gemini.TokenUsage;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How an answer states its token counts. */
enum UsageShape {
    /** {@code usageMetadata} of generateContent, embeddings and Live. */
    NATIVE("usageMetadata", ""),
    /** {@code usage} of the OpenAI-compatible paths. */
    OPENAI("usage", ""),
    /** {@code usage} of an interaction, or of the {@code interaction} in an event. */
    INTERACTIONS("usage", "interaction");

    private static final JsonFactory JSON = new JsonFactory();
    private static final long MOST = 1L << 40;

    private final String member;
    private final String parent;

    UsageShape(String member, String parent) {
        this.member = member;
        this.parent = parent;
    }

    /** Empty where no counts are billed. */
    static Optional<UsageShape> of(Operation operation) {
        return switch (operation) {
            case GENERATE, STREAM_GENERATE, EMBED, PREDICT, LIVE, OTHER -> Optional.of(NATIVE);
            case OPENAI_CHAT, OPENAI_EMBEDDINGS, OPENAI_FILES, OPENAI_BATCHES, OPENAI_OTHER ->
                    Optional.of(OPENAI);
            case INTERACTIONS -> Optional.of(INTERACTIONS);
            case COUNT_TOKENS,
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
        Map<String, Long> counts = new HashMap<>();
        try (JsonParser json = JSON.createParser(object, 0, length)) {
            json.nextToken();
            collect(json, counts);
        } catch (IOException | RuntimeException malformed) {
            return Optional.empty();
        }
        return counts.isEmpty() ? Optional.empty() : Optional.of(usage(new Counts(counts)));
    }

    private static void collect(JsonParser json, Map<String, Long> counts) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            switch (json.nextToken()) {
                case VALUE_NUMBER_INT, VALUE_STRING ->
                        counts.put(field, Math.clamp(json.getValueAsLong(), 0L, MOST));
                case START_OBJECT -> collect(json, counts);
                default -> json.skipChildren();
            }
        }
    }

    private TokenUsage usage(Counts counts) {
        return switch (this) {
            case NATIVE -> counts.nativeUsage();
            case OPENAI -> counts.openAiUsage();
            case INTERACTIONS -> counts.interactionUsage();
        };
    }

    /** The numbers of one usage object by name; an absent one is zero, as Google omits zeros. */
    private record Counts(Map<String, Long> byName) {
        long of(String name) {
            return byName.getOrDefault(name, 0L);
        }

        TokenUsage nativeUsage() {
            return usage(
                    of("promptTokenCount"),
                    of("cachedContentTokenCount"),
                    of("candidatesTokenCount") + of("responseTokenCount"),
                    of("thoughtsTokenCount"),
                    of("toolUsePromptTokenCount"),
                    of("totalTokenCount"));
        }

        TokenUsage interactionUsage() {
            return usage(
                    of("total_input_tokens"),
                    of("total_cached_tokens"),
                    of("total_output_tokens"),
                    of("total_thought_tokens"),
                    of("total_tool_use_tokens"),
                    of("total_tokens"));
        }

        /**
         * Google's total counts thoughts its completion count may leave out; OpenAI's includes
         * them.
         */
        TokenUsage openAiUsage() {
            long prompt = of("prompt_tokens");
            long completion = of("completion_tokens");
            long hidden = Math.max(0, of("total_tokens") - prompt - completion);
            long inside = hidden > 0 ? 0 : Math.min(completion, of("reasoning_tokens"));
            return usage(
                    prompt,
                    of("cached_tokens"),
                    completion - inside,
                    hidden + inside,
                    0,
                    of("total_tokens"));
        }

        private static TokenUsage usage(
                long prompt, long cached, long candidates, long thoughts, long tools, long total) {
            long sum = prompt + candidates + thoughts + tools;
            return new TokenUsage(
                    prompt, cached, candidates, thoughts, tools, total > 0 ? total : sum);
        }
    }
}
