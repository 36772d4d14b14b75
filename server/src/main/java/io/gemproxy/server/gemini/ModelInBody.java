package io.gemproxy.server.gemini;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/** Finds the model that an OpenAI-compatible or Interactions request names in its body. */
public final class ModelInBody {
    private int seen;
    private Optional<ModelName> model = Optional.empty();

    private ModelInBody() {}

    /**
     * Reads the top-level {@code model}.
     *
     * @param body the body or a prefix of it; may be anything
     * @return empty if the prefix holds none, or two different ones (nobody knows which of them the
     *     upstream would obey)
     */
    public static Optional<ModelName> find(byte[] body, int offset, int length) {
        ModelInBody search = new ModelInBody();
        JsonScan.scan(body, offset, length, search::read);
        return search.model;
    }

    private void read(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return;
        }
        while (JsonScan.nextField(json)) {
            boolean isModel = json.currentName().equals("model");
            JsonToken value = json.nextToken();
            if (isModel) {
                take(value == JsonToken.VALUE_STRING ? json.getText() : "");
            }
            json.skipChildren();
        }
    }

    private void take(String written) {
        Optional<ModelName> named = ModelNames.of(written);
        model = seen == 0 || named.equals(model) ? named : Optional.empty();
        seen++;
    }
}
