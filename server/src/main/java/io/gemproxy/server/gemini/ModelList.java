package io.gemproxy.server.gemini;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the answer of {@code models.list}: which models can generate. */
public final class ModelList {
    private static final int MOST = 1000;

    private final List<ModelName> models = new ArrayList<>();
    private Optional<ModelName> name = Optional.empty();
    private boolean generates;

    private ModelList() {}

    /**
     * The models with {@code generateContent}, in Google's order; empty if this is no such list.
     */
    public static List<ModelName> thatGenerate(String body) {
        byte[] text = body.getBytes(StandardCharsets.UTF_8);
        ModelList list = new ModelList();
        JsonScan.scan(text, 0, text.length, list::top);
        return List.copyOf(list.models);
    }

    private void top(JsonParser json) throws IOException {
        json.nextToken();
        while (JsonScan.nextField(json)) {
            boolean wanted = json.currentName().equals("models");
            if (json.nextToken() == JsonToken.START_ARRAY && wanted) {
                while (json.nextToken() == JsonToken.START_OBJECT && models.size() < MOST) {
                    model(json);
                }
            } else {
                json.skipChildren();
            }
        }
    }

    private void model(JsonParser json) throws IOException {
        name = Optional.empty();
        generates = false;
        while (JsonScan.nextField(json)) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            if (field.equals("name") && value == JsonToken.VALUE_STRING) {
                name = ModelNames.of(json.getText());
            } else if (field.equals("supportedGenerationMethods")
                    && value == JsonToken.START_ARRAY) {
                methods(json);
            } else {
                json.skipChildren();
            }
        }
        if (generates) {
            name.ifPresent(models::add);
        }
    }

    private void methods(JsonParser json) throws IOException {
        for (JsonToken it = json.nextToken();
                it != null && it != JsonToken.END_ARRAY;
                it = json.nextToken()) {
            generates |= it == JsonToken.VALUE_STRING && json.getText().equals("generateContent");
            json.skipChildren();
        }
    }
}
