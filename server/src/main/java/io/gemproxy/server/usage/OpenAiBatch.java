package io.gemproxy.server.usage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.gemproxy.server.gemini.TokenUsage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what has become of a batch in OpenAI's words ({@code status}, {@code output_file_id}); what
 * it used stands in the file.
 */
final class OpenAiBatch implements AnswerReader {
    private static final int LARGEST = 64 * 1024;
    private static final JsonFactory JSON = new JsonFactory();

    /** How a batch ends otherwise than with all its results. */
    private static final Set<String> GIVEN_UP = Set.of("failed", "expired", "cancelled");

    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    private Map<String, String> members = Map.of();

    @Override
    public void write(byte[] bytes, int offset, int length) {
        answer.write(bytes, offset, Math.min(length, LARGEST - answer.size()));
    }

    @Override
    public Optional<TokenUsage> last() {
        members = members();
        return Optional.empty();
    }

    @Override
    public Optional<TokenUsage> largest() {
        return last();
    }

    @Override
    public boolean givenUp() {
        String status = members.getOrDefault("status", "");
        boolean nothingCame = status.equals("completed") && !members.containsKey("output_file_id");
        return GIVEN_UP.contains(status) || nothingCame;
    }

    @Override
    public Optional<String> results() {
        return Optional.ofNullable(members.get("output_file_id"))
                .filter(file -> !file.isEmpty())
                .map(file -> file.startsWith("files/") ? file : "files/" + file);
    }

    /** Plain ones at the top; none if the answer is cut off. */
    private Map<String, String> members() {
        Map<String, String> read = new HashMap<>();
        try (JsonParser json = JSON.createParser(answer.toByteArray())) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (json.nextToken() == JsonToken.VALUE_STRING) {
                    read.put(name, json.getText());
                } else {
                    json.skipChildren();
                }
            }
        } catch (IOException | RuntimeException cut) {
            return Map.of();
        }
        return read;
    }
}
