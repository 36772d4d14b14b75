package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.simulator.faults.Plan;
import io.gemproxy.simulator.http.Answer;
import io.gemproxy.simulator.http.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** generateContent, streamGenerateContent and countTokens. */
final class Generation {
    private final AtomicLong thoughts = new AtomicLong();
    private final Resources resources;
    private final PrefixCache implicit;

    Generation(Resources resources, PrefixCache implicit) {
        this.resources = resources;
        this.implicit = implicit;
    }

    Answer generate(Call call, String model) throws IOException, ApiException {
        Prompt prompt = prompt(call, model);
        return Call.ok(whole(prompt));
    }

    Answer count(Call call, String model) throws IOException, ApiException {
        ObjectNode body = call.json();
        ObjectNode request =
                body.get("generateContentRequest") instanceof ObjectNode inner ? inner : body;
        long tokens = new Prompt(model, request, call.plan()).tokens();
        ObjectNode answer = Json.object().put("totalTokens", tokens);
        details(answer, "promptTokensDetails", tokens);
        return Call.ok(answer);
    }

    Answer stream(Call call, String model) throws IOException, ApiException {
        Prompt prompt = prompt(call, model);
        List<ObjectNode> chunks = chunks(prompt);
        return "sse".equals(call.parameter("alt")) ? sse(chunks, call) : array(chunks, call);
    }

    private Answer sse(List<ObjectNode> chunks, Call call) {
        List<byte[]> events = new ArrayList<>();
        for (ObjectNode chunk : chunks) {
            events.add(event(chunk));
        }
        Plan.MidStream broken = call.plan().brokenStream();
        if (broken != null) {
            ObjectNode error = ScriptedErrors.of(broken.refusal(), call.key(), null).error();
            call.plan()
                    .wire()
                    .strike(
                            broken.point(),
                            new io.gemproxy.simulator.faults.Act.EndWith(event(error)));
        }
        return streamed("text/event-stream", events);
    }

    static byte[] event(ObjectNode chunk) {
        byte[] json = Json.line(chunk);
        byte[] event = new byte[json.length + 10];
        System.arraycopy("data: ".getBytes(StandardCharsets.US_ASCII), 0, event, 0, 6);
        System.arraycopy(json, 0, event, 6, json.length);
        System.arraycopy(
                "\r\n\r\n".getBytes(StandardCharsets.US_ASCII), 0, event, 6 + json.length, 4);
        return event;
    }

    private static Answer array(List<ObjectNode> chunks, Call call) {
        List<byte[]> pieces = new ArrayList<>();
        for (int i = 0; i < chunks.size(); i++) {
            String json =
                    new String(Json.pretty(chunks.get(i)), StandardCharsets.UTF_8).stripTrailing();
            String end = i == chunks.size() - 1 ? "\n]" : "";
            pieces.add(((i == 0 ? "[" : "\n,\r\n") + json + end).getBytes(StandardCharsets.UTF_8));
        }
        Plan.MidStream broken = call.plan().brokenStream();
        if (broken != null) {
            ObjectNode error = ScriptedErrors.of(broken.refusal(), call.key(), null).error();
            byte[] bytes =
                    ("\n,\r\n" + error.toPrettyString() + "\n]").getBytes(StandardCharsets.UTF_8);
            call.plan()
                    .wire()
                    .strike(broken.point(), new io.gemproxy.simulator.faults.Act.EndWith(bytes));
        }
        return streamed("application/json; charset=UTF-8", pieces);
    }

    static Answer streamed(String type, List<byte[]> pieces) {
        Headers headers =
                new Headers().add("Content-Type", type).add("Content-Disposition", "attachment");
        return new Answer(200, headers, new Answer.Events(pieces));
    }

    private Prompt prompt(Call call, String model) throws IOException, ApiException {
        Prompt prompt = new Prompt(model, call.json(), call.plan());
        if (prompt.request().path("contents").isEmpty()) {
            throw Errors.of(400, "* GenerateContentRequest.contents: contents is not specified\n");
        }
        return admitted(prompt, call.project());
    }

    /** A prompt whose resources the project may use, with what its cache holds of it. */
    Prompt admitted(Prompt prompt, String project) throws ApiException {
        check(prompt, project);
        return prompt.cached(implicit.take(prompt, project));
    }

    /** The time an answer says it was made. */
    long epochSecond() {
        return resources.epochSecond();
    }

    /** Files and caches named in the request must belong to the key's project. */
    private void check(Prompt prompt, String project) throws ApiException {
        for (String file : prompt.files()) {
            if (resources.get(file, project) == null) {
                throw Errors.foreignFile(file.substring("files/".length()));
            }
        }
        String cache = prompt.cache();
        if (cache == null) {
            return;
        }
        if (resources.get(cache, project) == null) {
            throw Errors.foreignCache();
        }
        if (prompt.request().has("systemInstruction")
                || prompt.request().has("tools")
                || prompt.request().has("toolConfig")) {
            throw Errors.of(
                    400,
                    "CachedContent can not be used with GenerateContent request setting system_instruction, tools or tool_config.\n\nProposed fix: move those values to CachedContent from GenerateContent request.");
        }
    }

    /** The whole answer as one object, for batches too. */
    ObjectNode whole(Prompt prompt) {
        String text = prompt.answer();
        return chunk(prompt, parts(prompt, text), true, text.length());
    }

    List<ObjectNode> chunks(Prompt prompt) {
        if (prompt.plan().blockReason() != null || prompt.functionCall() != null) {
            return List.of(whole(prompt));
        }
        String text = prompt.answer();
        int wanted = prompt.plan().eventCount();
        int count = wanted > 0 ? wanted : Math.max(1, Math.min(4, text.length() / 4));
        List<ObjectNode> chunks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int from = (int) ((long) text.length() * i / count);
            int to = (int) ((long) text.length() * (i + 1) / count);
            chunks.add(chunk(prompt, textParts(text.substring(from, to)), i == count - 1, to));
        }
        return chunks;
    }

    private static ArrayNode textParts(String text) {
        ArrayNode parts = Json.array();
        parts.addObject().put("text", text);
        return parts;
    }

    private ArrayNode parts(Prompt prompt, String text) {
        ObjectNode function = prompt.functionCall();
        if (function == null) {
            return textParts(text);
        }
        ArrayNode parts = Json.array();
        ObjectNode part = parts.addObject();
        part.set("functionCall", function);
        part.put("thoughtSignature", signature());
        return parts;
    }

    /** Another one for each answer, as opaque as Google's. */
    private String signature() {
        String thought = "simulated thought " + thoughts.incrementAndGet() + " ~?>";
        return Base64.getEncoder().encodeToString(thought.getBytes(StandardCharsets.US_ASCII));
    }

    private ObjectNode chunk(Prompt prompt, ArrayNode parts, boolean last, long characters) {
        ObjectNode chunk = Json.object();
        String block = prompt.plan().blockReason();
        if (block != null) {
            chunk.putObject("promptFeedback").put("blockReason", block);
        } else {
            ObjectNode candidate = chunk.putArray("candidates").addObject();
            ObjectNode content = candidate.putObject("content");
            content.set("parts", parts);
            content.put("role", "model");
            if (last) {
                candidate.put("finishReason", finish(prompt.plan().finishReason()));
            }
            candidate.put("index", 0);
        }
        usage(chunk, prompt, block == null ? Prompt.tokens(characters) : 0);
        return chunk.put("modelVersion", prompt.model()).put("responseId", "sim-response-id");
    }

    private static String finish(@Nullable String reason) {
        return reason == null ? "STOP" : reason;
    }

    private static void usage(ObjectNode chunk, Prompt prompt, long output) {
        long input = prompt.tokens() + (prompt.cache() == null ? 0 : 1024);
        long thoughts = prompt.model().contains("pro") && output > 0 ? 7 : 0;
        ObjectNode usage = chunk.putObject("usageMetadata").put("promptTokenCount", input);
        if (output > 0) {
            usage.put("candidatesTokenCount", output);
        }
        usage.put("totalTokenCount", input + output + thoughts);
        long cached = prompt.cache() == null ? prompt.implicit() : 1024;
        if (cached > 0) {
            usage.put("cachedContentTokenCount", cached);
            details(usage, "cacheTokensDetails", cached);
        }
        details(usage, "promptTokensDetails", input);
        if (thoughts > 0) {
            usage.put("thoughtsTokenCount", thoughts);
        }
    }

    static void details(ObjectNode to, String member, long tokens) {
        to.putArray(member).addObject().put("modality", "TEXT").put("tokenCount", tokens);
    }
}
