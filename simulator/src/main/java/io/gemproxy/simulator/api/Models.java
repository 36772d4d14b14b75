package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.simulator.http.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The models that exist. */
final class Models {
    private final Map<String, ObjectNode> models = new LinkedHashMap<>();

    Models() {
        List<String> texts =
                List.of(
                        "generateContent",
                        "countTokens",
                        "createCachedContent",
                        "batchGenerateContent");
        for (String name :
                List.of(
                        "gemini-2.5-flash",
                        "gemini-2.5-flash-lite",
                        "gemini-2.5-pro",
                        "gemini-2.0-flash",
                        "gemini-3-flash-preview",
                        "gemini-3.1-pro-preview",
                        "gemini-3.1-flash-lite",
                        "gemini-3.5-flash",
                        "gemini-3.5-flash-lite",
                        "gemini-3.6-flash",
                        "gemini-3.7-flash",
                        "gemini-3.8-flash",
                        "gemini-3.1-flash-image")) {
            add(name, texts);
        }
        add(
                "gemini-embedding-001",
                List.of("embedContent", "countTokens", "asyncBatchEmbedContent"));
        add("gemini-embedding-2", List.of("embedContent", "countTokens", "asyncBatchEmbedContent"));
        add("text-embedding-004", List.of("embedContent"));
        add("imagen-4.0-generate-001", List.of("predict"));
        add("veo-3.1-generate-preview", List.of("predictLongRunning"));
        add("gemini-3.1-flash-live-preview", List.of("bidiGenerateContent"));
    }

    private void add(String id, List<String> methods) {
        ObjectNode model = Json.object().put("name", "models/" + id).put("version", "001");
        model.put("displayName", id).put("description", "Simulated " + id);
        model.put("inputTokenLimit", 1_048_576).put("outputTokenLimit", 65_536);
        ArrayNode supported = model.putArray("supportedGenerationMethods");
        methods.forEach(supported::add);
        model.put("temperature", 1).put("topP", 0.95).put("topK", 64);
        models.put(id, model);
    }

    List<ObjectNode> all() {
        return List.copyOf(models.values());
    }

    boolean has(String id) {
        return models.containsKey(id);
    }

    Answer answer(Call call) throws ApiException {
        if (!call.method().equals("GET")) {
            throw Errors.notFound();
        }
        if (call.resource().equals("models")) {
            return Call.ok(Resources.Page.of(call, all(), "models"));
        }
        String id = call.resource().substring("models/".length());
        ObjectNode model = models.get(id);
        if (model == null) {
            throw Errors.unknownModel(id);
        }
        return Call.ok(model);
    }
}
