package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.simulator.faults.Act;
import io.gemproxy.simulator.faults.Plan;
import io.gemproxy.simulator.http.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** chat/completions, answered as generateContent would answer the same conversation. */
final class OpenAiChat {
    private final Models models;
    private final Generation generation;

    OpenAiChat(Models models, Generation generation) {
        this.models = models;
        this.generation = generation;
    }

    Answer answer(Call call) throws IOException, ApiException {
        ObjectNode request = call.json();
        Prompt prompt = prompt(request, call.plan(), call.project());
        return request.path("stream").asBoolean()
                ? stream(call, prompt)
                : Call.ok(completion(prompt));
    }

    /** What is asked, if the project may. */
    Prompt prompt(ObjectNode request, Plan plan, String project) throws ApiException {
        String id = OpenAi.bare(request.path("model").asText(""));
        if (!models.has(id)) {
            throw Errors.unknownModel(id);
        }
        if (request.path("messages").isEmpty()) {
            throw Errors.of(400, "GenerateContentRequest.contents: contents is not specified");
        }
        return generation.admitted(new Prompt(id, OpenAiRequest.contents(request), plan), project);
    }

    /** The whole answer. */
    ObjectNode completion(Prompt prompt) {
        ObjectNode whole = generation.whole(prompt);
        ObjectNode answer = frame(prompt, "chat.completion");
        ObjectNode choice = answer.withArray("choices").addObject().put("index", 0);
        choice.put("finish_reason", finish(whole, "stop"));
        choice.set("message", message(whole));
        return usage(answer, whole);
    }

    private Answer stream(Call call, Prompt prompt) {
        List<byte[]> events = new ArrayList<>();
        for (ObjectNode chunk : generation.chunks(prompt)) {
            ObjectNode told = frame(prompt, "chat.completion.chunk");
            ObjectNode choice = told.withArray("choices").addObject().put("index", 0);
            choice.set("delta", message(chunk));
            if (!finish(chunk, "").isEmpty()) {
                choice.put("finish_reason", finish(chunk, ""));
            }
            events.add(OpenAi.event(Json.line(usage(told, chunk))));
        }
        events.add(OpenAi.done());
        Plan.MidStream broken = call.plan().brokenStream();
        if (broken != null) {
            ObjectNode error =
                    ScriptedErrors.of(broken.refusal(), call.key(), prompt.model()).error();
            byte[] event = OpenAi.event(Json.line(Json.array().add(error)));
            call.plan().wire().strike(broken.point(), new Act.EndWith(event));
        }
        return Generation.streamed("text/event-stream", events);
    }

    private ObjectNode frame(Prompt prompt, String kind) {
        ObjectNode frame = Json.object();
        frame.putArray("choices");
        frame.put("created", generation.epochSecond()).put("id", "sim-response-id");
        return frame.put("model", prompt.model()).put("object", kind);
    }

    private static ObjectNode message(ObjectNode chunk) {
        ObjectNode message = Json.object();
        JsonNode part = chunk.path("candidates").path(0).path("content").path("parts").path(0);
        if (part.has("text")) {
            message.put("content", part.path("text").asText());
        }
        message.put("role", "assistant");
        if (part.has("functionCall")) {
            ObjectNode call = message.putArray("tool_calls").addObject();
            call.putObject("function")
                    .put("arguments", part.path("functionCall").path("args").toString())
                    .put("name", part.path("functionCall").path("name").asText());
            call.putObject("extra_content")
                    .putObject("google")
                    .put("thought_signature", part.path("thoughtSignature").asText());
            call.put("id", "call-sim-1").put("index", 0).put("type", "function");
        }
        return message;
    }

    private static String finish(ObjectNode chunk, String otherwise) {
        JsonNode candidate = chunk.path("candidates").path(0);
        if (candidate.findValue("functionCall") != null) {
            return "tool_calls";
        }
        if (chunk.has("promptFeedback")) {
            return "content_filter";
        }
        return switch (candidate.path("finishReason").asText("").toUpperCase(Locale.ROOT)) {
            case "" -> otherwise;
            case "STOP" -> "stop";
            case "MAX_TOKENS" -> "length";
            default -> "content_filter";
        };
    }

    /** The same counts as the native answer, under the names of OpenAI; cumulative in streams. */
    private static ObjectNode usage(ObjectNode to, ObjectNode chunk) {
        JsonNode counted = chunk.path("usageMetadata");
        ObjectNode usage =
                to.putObject("usage")
                        .put("completion_tokens", counted.path("candidatesTokenCount").asLong())
                        .put("prompt_tokens", counted.path("promptTokenCount").asLong())
                        .put("total_tokens", counted.path("totalTokenCount").asLong());
        long cached = counted.path("cachedContentTokenCount").asLong();
        if (cached > 0) {
            usage.putObject("prompt_tokens_details").put("cached_tokens", cached);
        }
        return to;
    }
}
