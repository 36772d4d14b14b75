package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.simulator.http.Answer;
import io.gemproxy.simulator.http.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The OpenAI-compatible paths: chat/completions, embeddings and models. */
final class OpenAi {
    private final Models models;
    private final OpenAiChat chat;

    OpenAi(Models models, Generation generation) {
        this.models = models;
        this.chat = new OpenAiChat(models, generation);
    }

    Answer answer(Call call) throws IOException, ApiException {
        String path = Gemini.behindVersion(call.exchange().head().target().path());
        String rest = path.substring(path.indexOf('/') + 1);
        boolean posted = call.method().equals("POST");
        if (posted && rest.equals("chat/completions")) {
            return chat.answer(call);
        }
        if (posted && rest.equals("embeddings")) {
            return embeddings(call);
        }
        if (call.method().equals("GET") && rest.equals("models")) {
            return list();
        }
        if (call.method().equals("GET") && rest.startsWith("models/")) {
            return one(rest.substring(7));
        }
        return Answer.empty(404, new Headers().add("Content-Type", "text/html; charset=UTF-8"));
    }

    private Answer list() {
        ObjectNode list = Json.object().put("object", "list");
        ArrayNode data = list.putArray("data");
        models.all().forEach(model -> data.add(described(model)));
        return Call.ok(list);
    }

    private Answer one(String asked) throws ApiException {
        String id = bare(asked);
        for (ObjectNode model : models.all()) {
            if (model.path("name").asText().equals("models/" + id)) {
                return Call.ok(described(model));
            }
        }
        throw Errors.unknownModel(id);
    }

    private static ObjectNode described(ObjectNode model) {
        return Json.object()
                .put("id", model.path("name").asText())
                .put("object", "model")
                .put("owned_by", "google")
                .put("display_name", model.path("displayName").asText());
    }

    /** A model's id, given with or without "models/". */
    static String bare(String model) {
        return model.startsWith("models/") ? model.substring(7) : model;
    }

    private Answer embeddings(Call call) throws IOException, ApiException {
        ObjectNode request = call.json();
        String id = bare(request.path("model").asText(""));
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
        return Call.ok(answer);
    }

    private static byte[] floats(ArrayNode values) {
        ByteBuffer buffer =
                ByteBuffer.allocate(values.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        values.forEach(value -> buffer.putFloat(value.floatValue()));
        return buffer.array();
    }

    /** One event as this API ends it: with two line feeds. */
    static byte[] event(byte[] json) {
        byte[] start = "data: ".getBytes(StandardCharsets.US_ASCII);
        byte[] event = new byte[start.length + json.length + 2];
        System.arraycopy(start, 0, event, 0, start.length);
        System.arraycopy(json, 0, event, start.length, json.length);
        event[event.length - 2] = '\n';
        event[event.length - 1] = '\n';
        return event;
    }

    /** The event after the last one. */
    static byte[] done() {
        return event("[DONE]".getBytes(StandardCharsets.US_ASCII));
    }
}
