package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.simulator.faults.Act;
import io.gemproxy.simulator.faults.Plan;
import io.gemproxy.simulator.http.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** interactions: created (whole or as events), read and deleted; snake_case, as that API has it. */
final class Interactions {
    private final Resources resources;
    private final Models models;

    Interactions(Resources resources, Models models) {
        this.resources = resources;
        this.models = models;
    }

    Answer answer(Call call) throws IOException, ApiException {
        if (call.resource().equals("interactions") && call.is("POST", "")) {
            return create(call);
        }
        Resources.Owned owned = resources.own(call);
        if (call.is("GET", "")) {
            return "true".equals(call.parameter("stream"))
                    ? events(owned.json(), call)
                    : Call.ok(owned.json());
        }
        if (call.is("DELETE", "")) {
            resources.remove(call.resource());
            return Call.ok(Json.object());
        }
        throw Errors.notFound();
    }

    private Answer create(Call call) throws IOException, ApiException {
        ObjectNode request = call.json();
        String model = OpenAi.bare(request.path("model").asText(""));
        if (!request.has("agent") && !models.has(model)) {
            throw Errors.unknownModel(model);
        }
        String previous = request.path("previous_interaction_id").asText("");
        if (!previous.isEmpty()
                && resources.get("interactions/" + previous, call.project()) == null) {
            throw Errors.notFound();
        }
        ObjectNode interaction = interaction(call, request);
        if (request.path("store").asBoolean(true)) {
            String name = "interactions/" + interaction.path("id").asText();
            resources.put(name, call.project(), interaction);
        }
        return request.path("stream").asBoolean()
                ? events(interaction, call)
                : Call.ok(interaction);
    }

    private ObjectNode interaction(Call call, ObjectNode request) {
        String asked = said(request.path("input"));
        String text = "You said: " + asked;
        String scripted = call.plan().answerText();
        text = scripted == null ? text : scripted;
        ObjectNode made = Json.object().put("id", "v1_" + resources.freshId());
        made.put("object", "interaction").put("status", "completed").put("role", "model");
        for (String kept : List.of("model", "agent", "previous_interaction_id")) {
            if (request.has(kept)) {
                made.set(kept, request.get(kept));
            }
        }
        made.put("created", resources.now()).put("updated", resources.now());
        ObjectNode step = made.putArray("steps").addObject().put("type", "model_output");
        step.putArray("content").addObject().put("type", "text").put("text", text);
        long input = Prompt.tokens(asked.length());
        long output = Prompt.tokens(text.length());
        made.putObject("usage")
                .put("total_input_tokens", input)
                .put("total_output_tokens", output)
                .put("total_tokens", input + output);
        return made;
    }

    private static String said(JsonNode input) {
        if (input.isTextual()) {
            return input.asText();
        }
        StringBuilder text = new StringBuilder();
        input.findValues("text").forEach(part -> text.append(part.asText()));
        return text.toString();
    }

    private static Answer events(ObjectNode interaction, Call call) {
        List<byte[]> events = new ArrayList<>();
        ObjectNode begun = Json.object().put("id", interaction.path("id").asText());
        begun.put("object", "interaction").put("status", "in_progress");
        ObjectNode created = event(events.size(), "interaction.created");
        created.set("interaction", begun);
        add(events, created);
        int index = 0;
        for (JsonNode step : interaction.path("steps")) {
            ObjectNode start = event(events.size(), "step.start").put("index", index);
            start.putObject("step").put("type", step.path("type").asText()).putArray("content");
            add(events, start);
            for (String piece : halves(step.path("content").path(0).path("text").asText())) {
                ObjectNode delta = event(events.size(), "step.delta").put("index", index);
                delta.putObject("delta").put("type", "text").put("text", piece);
                add(events, delta);
            }
            add(events, event(events.size(), "step.stop").put("index", index++));
        }
        ObjectNode completed = event(events.size(), "interaction.completed");
        ObjectNode last = interaction.deepCopy();
        last.remove("steps");
        completed.set("interaction", last);
        add(events, completed);
        events.add("event: done\ndata: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII));
        Plan.MidStream broken = call.plan().brokenStream();
        if (broken != null) {
            ApiException error = ScriptedErrors.of(broken.refusal(), call.key(), null);
            ObjectNode told = event(events.size(), "error");
            told.setAll(ErrorShapes.interactions(error));
            call.plan().wire().strike(broken.point(), new Act.EndWith(named(told)));
        }
        return Generation.streamed("text/event-stream", events);
    }

    private static List<String> halves(String text) {
        int middle = text.length() / 2;
        return List.of(text.substring(0, middle), text.substring(middle));
    }

    private static ObjectNode event(int id, String type) {
        return Json.object().put("event_type", type).put("event_id", Integer.toString(id + 1));
    }

    private static void add(List<byte[]> to, ObjectNode event) {
        to.add(named(event));
    }

    private static byte[] named(ObjectNode event) {
        String name = "event: " + event.path("event_type").asText() + "\n";
        byte[] data = OpenAi.event(Json.line(event));
        byte[] start = name.getBytes(StandardCharsets.US_ASCII);
        byte[] all = java.util.Arrays.copyOf(start, start.length + data.length);
        System.arraycopy(data, 0, all, start.length, data.length);
        return all;
    }
}
