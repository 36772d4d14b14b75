package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.simulator.http.Answer;
import io.gemproxy.simulator.http.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The OpenAI-compatible paths: chat/completions, embeddings, models, files and batches. */
final class OpenAi {
    private final Models models;
    private final OpenAiChat chat;
    private final OpenAiEmbeddings embeddings;
    private final OpenAiFiles files;
    private final OpenAiBatches batches;

    OpenAi(
            Resources resources,
            Models models,
            Generation generation,
            Files uploaded,
            Batches jobs) {
        this.models = models;
        this.chat = new OpenAiChat(models, generation);
        this.embeddings = new OpenAiEmbeddings(models);
        this.files = new OpenAiFiles(resources, uploaded);
        this.batches =
                new OpenAiBatches(
                        resources,
                        jobs,
                        new OpenAiBatchWork(new JsonLines(resources), chat, embeddings));
    }

    Answer answer(Call call) throws IOException, ApiException {
        String path = Gemini.behindVersion(call.exchange().head().target().path());
        String rest = path.substring(path.indexOf('/') + 1);
        boolean posted = call.method().equals("POST");
        if (posted && rest.equals("chat/completions")) {
            return chat.answer(call);
        }
        if (posted && rest.equals("embeddings")) {
            return Call.ok(embeddings.embedded(call.json()));
        }
        if (rest.equals("files") || rest.startsWith("files/")) {
            return files.answer(call, below(rest));
        }
        if (rest.equals("batches") || rest.startsWith("batches/")) {
            return batches.answer(call, below(rest));
        }
        if (call.method().equals("GET") && rest.equals("models")) {
            return list();
        }
        if (call.method().equals("GET") && rest.startsWith("models/")) {
            return one(rest.substring(7));
        }
        return Answer.empty(404, new Headers().add("Content-Type", "text/html; charset=UTF-8"));
    }

    private static String below(String path) {
        int slash = path.indexOf('/');
        return slash < 0 ? "" : path.substring(slash + 1);
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
