package io.gemproxy.server.usage;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.gemproxy.server.gemini.Modality;
import io.gemproxy.server.gemini.ModalityTokens;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** Reads tokens by modality in the forms in which Google and OpenAI write them. */
final class ModalityCounts {
    private ModalityTokens tokens = ModalityTokens.UNSTATED;
    private long cached;
    private long reasoning;

    /**
     * Reads {@code [{"modality":"TEXT","tokenCount":6}]} behind its opening bracket; modalities may
     * be numbers ({@code enum-encoding=int}). Unknown ones are left out, as if they were unstated.
     */
    static ModalityTokens array(JsonParser json) throws IOException {
        ModalityTokens sum = ModalityTokens.UNSTATED;
        while (json.nextToken() == JsonToken.START_OBJECT) {
            sum = sum.plus(entry(json));
        }
        return sum;
    }

    private static ModalityTokens entry(JsonParser json) throws IOException {
        Optional<Modality> modality = Optional.empty();
        long count = 0;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            switch (field) {
                case "modality" ->
                        modality =
                                value == JsonToken.VALUE_NUMBER_INT
                                        ? numbered(json.getIntValue())
                                        : named(json.getText());
                case "tokenCount", "tokens", "token_count" -> count = UsageCounts.count(json);
                default -> json.skipChildren();
            }
        }
        return modality.isPresent()
                ? ModalityTokens.UNSTATED.plus(modality.get(), count)
                : ModalityTokens.UNSTATED;
    }

    private static Optional<Modality> named(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "TEXT" -> Optional.of(Modality.TEXT);
            case "IMAGE" -> Optional.of(Modality.IMAGE);
            case "VIDEO" -> Optional.of(Modality.VIDEO);
            case "AUDIO" -> Optional.of(Modality.AUDIO);
            case "DOCUMENT" -> Optional.of(Modality.DOCUMENT);
            default -> Optional.empty();
        };
    }

    /** The numbers of {@code google.ai.generativelanguage.v1beta.Modality}. */
    private static Optional<Modality> numbered(int number) {
        return switch (number) {
            case 1 -> Optional.of(Modality.TEXT);
            case 2 -> Optional.of(Modality.IMAGE);
            case 3 -> Optional.of(Modality.VIDEO);
            case 4 -> Optional.of(Modality.AUDIO);
            case 5 -> Optional.of(Modality.DOCUMENT);
            default -> Optional.empty();
        };
    }

    /** Reads OpenAI's {@code *_tokens_details} behind its opening brace. */
    void object(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            if (json.nextToken() == JsonToken.VALUE_NUMBER_INT) {
                member(field, UsageCounts.count(json));
            } else {
                json.skipChildren();
            }
        }
    }

    private void member(String field, long count) {
        switch (field) {
            case "cached_tokens" -> cached = count;
            case "reasoning_tokens" -> reasoning = count;
            case "text_tokens" -> tokens = tokens.plus(Modality.TEXT, count);
            case "audio_tokens" -> tokens = tokens.plus(Modality.AUDIO, count);
            case "image_tokens" -> tokens = tokens.plus(Modality.IMAGE, count);
            default -> {}
        }
    }

    ModalityTokens tokens() {
        return tokens;
    }

    /** Part of the prompt, read from a cache. */
    long cached() {
        return cached;
    }

    /** Part of the completion that nobody sees. */
    long reasoning() {
        return reasoning;
    }
}
