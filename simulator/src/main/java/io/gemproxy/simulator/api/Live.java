package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.simulator.faults.Plan;
import io.gemproxy.simulator.http.Answer;
import io.gemproxy.simulator.http.Headers;
import io.gemproxy.simulator.http.RequestHead;
import io.gemproxy.simulator.http.WebSocket;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The Live API: setup, turns of text, resumption; speech in is answered when it ends. */
final class Live {
    private final Resources resources;
    private final Models models;

    Live(Resources resources, Models models) {
        this.resources = resources;
        this.models = models;
    }

    Answer answer(Call call) throws ApiException {
        RequestHead head = call.exchange().head();
        if (!WebSocket.asked(head)) {
            throw Errors.notFound();
        }
        String key = head.headers().first("Sec-WebSocket-Key", "");
        Headers headers = new Headers().add("Upgrade", "websocket").add("Connection", "Upgrade");
        headers.add("Sec-WebSocket-Accept", WebSocket.accept(key));
        return new Answer(101, headers, new Answer.Upgraded(socket -> talk(socket, call)));
    }

    private void talk(WebSocket socket, Call call) throws IOException {
        byte[] first = socket.receive();
        if (first == null) {
            return;
        }
        JsonNode setup = parse(first).path("setup");
        String model = OpenAi.bare(setup.path("model").asText(""));
        if (!setup.isObject()) {
            socket.close(1007, "setup must be the first message and only the first");
        } else if (!models.has(model)) {
            socket.close(1008, "models/" + model + " is not found for API version v1beta");
        } else if (foreignHandle(setup, call)) {
            socket.close(1007, "Invalid session resumption handle");
        } else {
            send(socket, Json.object().set("setupComplete", Json.object()));
            converse(socket, call, model, setup.has("sessionResumption"));
        }
    }

    private boolean foreignHandle(JsonNode setup, Call call) {
        String handle = setup.path("sessionResumption").path("handle").asText("");
        return !handle.isEmpty() && resources.get("live/" + handle, call.project()) == null;
    }

    private void converse(WebSocket socket, Call call, String model, boolean resumable)
            throws IOException {
        if (resumable) {
            String handle = "handle-" + resources.freshId();
            resources.put("live/" + handle, call.project(), Json.object());
            ObjectNode update = Json.object();
            update.putObject("sessionResumptionUpdate")
                    .put("newHandle", handle)
                    .put("resumable", true);
            send(socket, update);
        }
        for (byte[] next = socket.receive(); next != null; next = socket.receive()) {
            JsonNode message = parse(next);
            ObjectNode request = request(message);
            if (message.has("setup") || !message.isObject()) {
                socket.close(1007, "setup must be the first message and only the first");
                return;
            }
            if (request != null) {
                turn(socket, new Prompt(model, request, call.plan()));
            }
        }
    }

    /** The turn a message completes, as generateContent would be asked; null when it goes on. */
    private static @Nullable ObjectNode request(JsonNode message) {
        ObjectNode request = Json.object();
        JsonNode content = message.path("clientContent");
        if (content.path("turnComplete").asBoolean()) {
            request.set("contents", content.path("turns"));
            return request;
        }
        JsonNode input = message.path("realtimeInput");
        if (!input.path("text").isTextual() && !input.path("audioStreamEnd").asBoolean()) {
            return null;
        }
        request.putArray("contents")
                .addObject()
                .putArray("parts")
                .addObject()
                .put("text", input.path("text").asText("(speech)"));
        return request;
    }

    private static void turn(WebSocket socket, Prompt prompt) throws IOException {
        Plan plan = prompt.plan();
        String text = prompt.answer();
        int count = Math.max(1, plan.eventCount());
        for (int i = 0; i < count; i++) {
            ObjectNode piece = Json.object();
            piece.putObject("serverContent")
                    .putObject("modelTurn")
                    .putArray("parts")
                    .addObject()
                    .put(
                            "text",
                            text.substring(
                                    text.length() * i / count, text.length() * (i + 1) / count));
            send(socket, piece);
        }
        ObjectNode generated = Json.object();
        generated.putObject("serverContent").put("generationComplete", true);
        send(socket, generated);
        ObjectNode complete = Json.object();
        complete.putObject("serverContent").put("turnComplete", true);
        long output = Prompt.tokens(text.length());
        ObjectNode usage = complete.putObject("usageMetadata");
        usage.put("promptTokenCount", prompt.tokens()).put("responseTokenCount", output);
        usage.put("totalTokenCount", prompt.tokens() + output);
        send(socket, complete);
    }

    private static JsonNode parse(byte[] message) {
        try {
            return Json.parse(message);
        } catch (IOException notJson) {
            return Json.array();
        }
    }

    private static void send(WebSocket socket, JsonNode message) throws IOException {
        socket.send(Json.line(message));
    }
}
