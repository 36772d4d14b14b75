package io.gemproxy.server.gemini;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the resource an answer says was made, so that later requests find its project. */
public final class CreatedResource {
    private static final int LONGEST = 512;

    private final boolean byId;
    private @Nullable String name;
    private @Nullable String id;

    private CreatedResource(boolean byId) {
        this.byId = byId;
    }

    /**
     * Reads {@code name} at the top of the answer or of its {@code file}: {@code files/…}, {@code
     * cachedContents/…}, {@code batches/…}, {@code models/…/operations/…} and their like. The name
     * of a plain model is no resource.
     *
     * @param body the answer or a prefix of it; may be anything
     */
    public static Optional<String> find(byte[] body) {
        return find(body, Operation.OTHER);
    }

    /**
     * As {@link #find(byte[])}; an answer to {@link Operation#INTERACTIONS} names itself by {@code
     * id}, found as {@code interactions/id}.
     */
    public static Optional<String> find(byte[] body, Operation operation) {
        CreatedResource search = new CreatedResource(operation == Operation.INTERACTIONS);
        JsonScan.scan(body, 0, body.length, search::read);
        return search.found();
    }

    private Optional<String> found() {
        if (byId && id != null) {
            return Optional.of("interactions/" + id);
        }
        return Optional.ofNullable(name).filter(CreatedResource::isBound);
    }

    private void read(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return;
        }
        while (JsonScan.nextField(json)) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.VALUE_STRING) {
                take(field, json);
            } else if (value == JsonToken.START_OBJECT && field.equals("file")) {
                readFile(json);
            } else {
                json.skipChildren();
            }
        }
    }

    private void readFile(JsonParser json) throws IOException {
        while (JsonScan.nextField(json)) {
            boolean isName = json.currentName().equals("name");
            if (json.nextToken() == JsonToken.VALUE_STRING && isName) {
                name = json.getText();
            }
            json.skipChildren();
        }
    }

    private void take(String field, JsonParser json) throws IOException {
        if (field.equals("name")) {
            name = json.getText();
        } else if (field.equals("id")) {
            id = json.getText();
        }
    }

    private static boolean isBound(String name) {
        int slash = name.indexOf('/');
        boolean named = slash > 0 && slash < name.length() - 1 && name.length() <= LONGEST;
        return named && (!name.startsWith("models/") || name.contains("/operations/"));
    }
}
