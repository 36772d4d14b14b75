package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** embeddings of the OpenAI-compatible paths, as numbers or in base64. */
final class OpenAiEmbeddings {
    private final Models models;

    OpenAiEmbeddings(Models models) {
        this.models = models;
    }

    /** The vectors of one text or several. */
    ObjectNode embedded(ObjectNode request) throws ApiException {
        String id = OpenAi.bare(request.path("model").asText(""));
        if (!models.has(id)) {
            throw Errors.unknownModel(id);
        }
        JsonNode input = request.path("input");
        JsonNode inputs = input.isArray() ? input : Json.array().add(input);
        boolean base64 = request.path("encoding_format").asText("").equals("base64");
        ObjectNode answer = Json.object().put("object", "list");
        ArrayNode data = answer.putArray("data");
        long characters = 0;
        for (JsonNode text : inputs) {
            ArrayNode values =
                    Embeddings.vector(text.asText(), request.path("dimensions").asInt(768));
            ObjectNode item = data.addObject().put("object", "embedding");
            item.put("index", data.size() - 1);
            item.set(
                    "embedding",
                    base64
                            ? item.textNode(Base64.getEncoder().encodeToString(floats(values)))
                            : values);
            characters += text.asText().length();
        }
        answer.put("model", id);
        long tokens = Prompt.tokens(characters);
        answer.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
        return answer;
    }

    private static byte[] floats(ArrayNode values) {
        ByteBuffer buffer =
                ByteBuffer.allocate(values.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        values.forEach(value -> buffer.putFloat(value.floatValue()));
        return buffer.array();
    }
}
