package io.gemproxy.server.usage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.gemproxy.server.gemini.TokenUsage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what has become of a batch, or of those in a list, in OpenAI's words ({@code status},
 * {@code output_file_id}); what it used stands in the file.
 */
final class OpenAiBatch implements AnswerReader {
    private static final int LARGEST = 64 * 1024;
    private static final JsonFactory JSON = new JsonFactory();

    /** How a batch ends otherwise than with all its results. */
    private static final Set<String> GIVEN_UP = Set.of("failed", "expired", "cancelled");

    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    private final Map<String, String> files = new LinkedHashMap<>();
    private boolean givenUp;

    @Override
    public void write(byte[] bytes, int offset, int length) {
        answer.write(bytes, offset, Math.min(length, LARGEST - answer.size()));
    }

    @Override
    public Optional<TokenUsage> last() {
        try (JsonParser json = JSON.createParser(answer.toByteArray())) {
            json.nextToken();
            givenUp = isGivenUp(batch(json));
        } catch (IOException | RuntimeException cut) {
            givenUp = false;
        }
        return Optional.empty();
    }

    @Override
    public Optional<TokenUsage> largest() {
        return last();
    }

    @Override
    public boolean givenUp() {
        return givenUp;
    }

    @Override
    public Map<String, String> results() {
        return files;
    }

    private static boolean isGivenUp(Map<String, String> batch) {
        String status = batch.getOrDefault("status", "");
        boolean nothingCame = status.equals("completed") && !batch.containsKey("output_file_id");
        return GIVEN_UP.contains(status) || nothingCame;
    }

    /** The plain members of an object that has begun, be it a batch or a list of them. */
    private Map<String, String> batch(JsonParser json) throws IOException {
        Map<String, String> read = new HashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.VALUE_STRING) {
                read.put(name, json.getText());
            } else if (value == JsonToken.START_ARRAY && name.equals("data")) {
                while (json.nextToken() == JsonToken.START_OBJECT) {
                    batch(json);
                }
            } else {
                json.skipChildren();
            }
        }
        place(read.getOrDefault("id", ""), read.getOrDefault("output_file_id", ""));
        return read;
    }

    private void place(String id, String file) {
        if (!id.isEmpty() && !file.isEmpty()) {
            files.put(in("batches/", id), in("files/", file));
        }
    }

    private static String in(String collection, String id) {
        return id.startsWith(collection) ? id : collection + id;
    }
}
