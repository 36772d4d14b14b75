package io.gemproxy.server.usage;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.gemproxy.server.gemini.Counting;
import io.gemproxy.server.gemini.GeneratedMedia;
import io.gemproxy.server.gemini.ModalityTokens;
import io.gemproxy.server.gemini.ServiceTier;
import io.gemproxy.server.gemini.TokenUsage;
import io.gemproxy.server.gemini.UsageDetail;
import java.io.IOException;
import java.util.Optional;

/**
 * Gathers the numbers of one usage object, whichever dialect it is written in: their names do not
 * collide. Google omits zeros, so an absent number is zero.
 */
final class UsageCounts {
    /** More than any answer uses; a product with any price still fits a {@code long}. */
    static final long MOST = 1L << 30;

    private boolean stated;
    private long prompt;
    private long cached;
    private long candidates;
    private long thoughts;
    private long toolUse;
    private long total;
    private long searches;
    private long maps;
    private ModalityTokens promptDetail = ModalityTokens.UNSTATED;
    private ModalityTokens cachedDetail = ModalityTokens.UNSTATED;
    private ModalityTokens candidatesDetail = ModalityTokens.UNSTATED;
    private ModalityTokens toolUseDetail = ModalityTokens.UNSTATED;
    private Optional<ServiceTier> tier = Optional.empty();

    /** Reads an object whose opening brace was just read, to its closing one. */
    void read(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            switch (json.nextToken()) {
                case VALUE_NUMBER_INT -> number(field, count(json));
                case VALUE_STRING -> text(field, json);
                case START_ARRAY -> array(field, json);
                case START_OBJECT -> detail(field, json);
                default -> json.skipChildren();
            }
        }
    }

    /** Whether any count was stated. */
    boolean stated() {
        return stated;
    }

    private void number(String field, long count) {
        switch (field) {
            case "promptTokenCount", "prompt_tokens", "input_tokens", "total_input_tokens" ->
                    prompt = count;
            case "cachedContentTokenCount", "total_cached_tokens" -> cached = count;
            case "candidatesTokenCount",
                    "responseTokenCount",
                    "completion_tokens",
                    "output_tokens",
                    "total_output_tokens" ->
                    candidates = count;
            case "thoughtsTokenCount", "total_thought_tokens" -> thoughts = count;
            case "toolUsePromptTokenCount", "total_tool_use_tokens" -> toolUse = count;
            case "totalTokenCount", "total_tokens" -> total = count;
            default -> {
                return;
            }
        }
        stated = true;
    }

    /** The tier; or a count as text, as protocol buffers write 64 bits. */
    private void text(String field, JsonParser json) throws IOException {
        switch (field) {
            case "serviceTier", "service_tier" ->
                    tier = ServiceTier.of(json.getText()).or(() -> tier);
            case "trafficType" -> tier = tier.or(() -> trafficType(json));
            default -> number(field, count(json));
        }
    }

    private static Optional<ServiceTier> trafficType(JsonParser json) {
        try {
            return ServiceTier.of(json.getText());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private void array(String field, JsonParser json) throws IOException {
        switch (field) {
            case "promptTokensDetails", "promptTokenDetails", "input_tokens_by_modality" ->
                    promptDetail = ModalityCounts.array(json);
            case "cacheTokensDetails", "cached_tokens_by_modality" ->
                    cachedDetail = ModalityCounts.array(json);
            case "candidatesTokensDetails", "responseTokensDetails", "output_tokens_by_modality" ->
                    candidatesDetail = ModalityCounts.array(json);
            case "toolUsePromptTokensDetails", "tool_use_tokens_by_modality" ->
                    toolUseDetail = ModalityCounts.array(json);
            case "grounding_tool_count" -> grounding(json);
            default -> json.skipChildren();
        }
    }

    private void grounding(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.START_OBJECT) {
            ToolCount tool = ToolCount.read(json);
            if (tool.type().contains("maps")) {
                maps += tool.count();
            } else {
                searches += tool.count();
            }
        }
    }

    /** OpenAI's details: by modality, and beside them what is part of the whole. */
    private void detail(String field, JsonParser json) throws IOException {
        ModalityCounts counts = new ModalityCounts();
        switch (field) {
            case "prompt_tokens_details", "input_tokens_details" -> {
                counts.object(json);
                promptDetail = counts.tokens();
                cached = counts.cached();
            }
            case "completion_tokens_details", "output_tokens_details" -> {
                counts.object(json);
                candidatesDetail = counts.tokens();
                thoughts = counts.reasoning();
            }
            default -> json.skipChildren();
        }
    }

    /** As generateContent, embeddings and Live mean them. */
    TokenUsage ofNative() {
        return usage(candidates, thoughts);
    }

    /**
     * Google's total counts thoughts its completion count may leave out; OpenAI's includes them.
     */
    TokenUsage ofOpenAi() {
        long hidden = Math.max(0, total - prompt - candidates);
        long inside = hidden > 0 ? 0 : Math.min(candidates, thoughts);
        return usage(candidates - inside, hidden + inside);
    }

    /** Should the output include the thoughts, the total tells. */
    TokenUsage ofInteraction() {
        boolean inside =
                thoughts <= candidates && total == prompt + candidates + toolUse && thoughts > 0;
        return usage(inside ? candidates - thoughts : candidates, thoughts);
    }

    private TokenUsage usage(long answered, long thought) {
        long sum = prompt + answered + thought + toolUse;
        return new TokenUsage(
                prompt,
                cached,
                answered,
                thought,
                toolUse,
                total > 0 ? total : sum,
                new UsageDetail(
                        promptDetail,
                        cachedDetail,
                        candidatesDetail,
                        toolUseDetail,
                        tier,
                        searches,
                        maps,
                        GeneratedMedia.NONE,
                        Counting.STATED));
    }

    static long count(JsonParser json) throws IOException {
        return Math.clamp(json.getValueAsLong(), 0L, MOST);
    }

    /** One entry of {@code grounding_tool_count}. */
    private record ToolCount(String type, long count) {
        static ToolCount read(JsonParser json) throws IOException {
            String type = "";
            long count = 0;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                JsonToken value = json.nextToken();
                if (value == JsonToken.VALUE_STRING && field.equals("type")) {
                    type = json.getText();
                } else if (field.equals("count")) {
                    count = UsageCounts.count(json);
                } else {
                    json.skipChildren();
                }
            }
            return new ToolCount(type, count);
        }
    }
}
