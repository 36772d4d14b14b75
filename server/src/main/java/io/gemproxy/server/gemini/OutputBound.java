package io.gemproxy.server.gemini;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * The longest answer a request asks for, as its body says ({@code generationConfig} of
 * GenerateContentRequest, {@code max_tokens} and their like of OpenAI).
 *
 * @param tokens of each candidate; empty if the body names no bound
 * @param candidates at least one
 */
public record OutputBound(OptionalLong tokens, long candidates) {
    private static final long MOST_TOKENS = 1 << 20;
    private static final long MOST_CANDIDATES = 128;

    /** Of all candidates together; empty if the body names no bound. */
    public OptionalLong total() {
        return tokens.isPresent()
                ? OptionalLong.of(tokens.getAsLong() * candidates)
                : OptionalLong.empty();
    }

    /**
     * Reads the bound; of several that are named the largest counts.
     *
     * @param body the body or a prefix of it; may be anything
     */
    public static OutputBound find(byte[] body) {
        Search search = new Search();
        JsonScan.scan(body, 0, body.length, search::read);
        return new OutputBound(
                search.tokens < 0
                        ? OptionalLong.empty()
                        : OptionalLong.of(Math.min(search.tokens, MOST_TOKENS)),
                Math.clamp(search.candidates, 1, MOST_CANDIDATES));
    }

    /** What was found so far. */
    private static final class Search {
        private long tokens = -1;
        private long candidates = 1;

        void read(JsonParser json) throws IOException {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                object(json, true);
            }
        }

        private void object(JsonParser json, boolean top) throws IOException {
            while (JsonScan.nextField(json)) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                boolean config =
                        name.equals("generationConfig") || name.equals("generation_config");
                if (top && config && value == JsonToken.START_OBJECT) {
                    object(json, false);
                } else {
                    field(name, json);
                    json.skipChildren();
                }
            }
        }

        private void field(String name, JsonParser json) throws IOException {
            switch (name) {
                case "maxOutputTokens",
                        "max_output_tokens",
                        "max_tokens",
                        "max_completion_tokens" ->
                        tokens = Math.max(tokens, (long) json.getValueAsDouble(-1));
                case "candidateCount", "candidate_count", "n" ->
                        candidates = Math.max(candidates, (long) json.getValueAsDouble(1));
                default -> {}
            }
        }
    }
}
