package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.simulator.http.Answer;
import java.io.IOException;

/** tunedModels: made by an operation that is done at the second look, and asked like models. */
final class TunedModels {
    private static final String COLLECTION = "tunedModels";
    private static final String TYPE =
            "type.googleapis.com/google.ai.generativelanguage.v1beta.CreateTunedModelMetadata";
    private final Resources resources;
    private final Models models;
    private final Generation generation;

    TunedModels(Resources resources, Models models, Generation generation) {
        this.resources = resources;
        this.models = models;
        this.generation = generation;
    }

    Answer answer(Call call) throws IOException, ApiException {
        if (call.resource().equals(COLLECTION)) {
            return call.is("POST", "")
                    ? create(call)
                    : Call.ok(resources.page(call, COLLECTION + "/", COLLECTION));
        }
        if (call.resource().contains("/operations/")) {
            return look(call);
        }
        ObjectNode model = own(call.resource(), call.project());
        String asked = call.method() + " " + call.verb();
        return switch (asked) {
            case "GET " -> Call.ok(model);
            case "PATCH " -> change(call, model);
            case "DELETE " -> delete(call);
            case "POST generateContent" -> generation.generate(call, call.resource());
            case "POST streamGenerateContent" -> generation.stream(call, call.resource());
            default -> throw Errors.notFound();
        };
    }

    private ObjectNode own(String name, String project) throws ApiException {
        Resources.Owned owned = resources.get(name, project);
        if (owned == null) {
            throw Errors.foreignTunedModel(name);
        }
        return owned.json();
    }

    private Answer create(Call call) throws IOException, ApiException {
        ObjectNode given = call.json();
        if (!given.path("tuningTask").has("trainingData")) {
            throw Errors.of(
                    400,
                    "* CreateTunedModelRequest.tuned_model.tuning_task.training_data: is empty\n");
        }
        String base = base(given, call.project());
        String asked = call.parameter("tunedModelId");
        String name = COLLECTION + "/" + (asked == null ? resources.freshId() : asked);
        if (resources.some(name + "/operations/")) {
            throw Errors.of(409, "Requested entity already exists");
        }
        ObjectNode model = Json.object();
        model.setAll(given);
        model.put("name", name).remove("tuningTask");
        model.put("baseModel", base).put("state", "CREATING");
        model.put("createTime", resources.now()).put("updateTime", resources.now());
        resources.put(name, call.project(), model);
        ObjectNode operation =
                Json.object().put("name", name + "/operations/" + resources.freshId());
        operation.putObject("metadata").put("@type", TYPE).put("tunedModel", name);
        resources.put(operation.path("name").asText(), call.project(), operation);
        return Call.ok(operation);
    }

    /** The model it is made of: one of Google's, or the project's own. */
    private String base(ObjectNode given, String project) throws ApiException {
        ObjectNode source = Json.child(given, "tunedModelSource");
        String tuned = Json.text(source, "tunedModel");
        if (!tuned.isEmpty()) {
            return own(tuned, project).path("baseModel").asText();
        }
        String base = Json.text(given, "baseModel");
        if (!models.has(OpenAi.bare(base))) {
            throw Errors.unknownModel(OpenAi.bare(base));
        }
        return base;
    }

    private Answer change(Call call, ObjectNode model) throws IOException, ApiException {
        ObjectNode next = model.deepCopy();
        next.setAll(call.json());
        next.put("name", call.resource()).put("updateTime", resources.now());
        resources.put(call.resource(), call.project(), next);
        return Call.ok(next);
    }

    private Answer delete(Call call) {
        resources.removeAll(call.resource() + "/");
        resources.remove(call.resource());
        return Call.ok(Json.object());
    }

    /** The operation as it is, and done from the next look on. */
    private Answer look(Call call) throws ApiException {
        Resources.Owned owned = resources.own(call);
        if (!call.is("GET", "")) {
            throw Errors.notFound();
        }
        ObjectNode next = owned.json().deepCopy();
        ObjectNode metadata = Json.child(next, "metadata");
        if (!metadata.has("completedPercent")) {
            metadata.put("completedPercent", 50);
        } else if (!next.has("done")) {
            metadata.put("completedPercent", 100);
            String name = metadata.path("tunedModel").asText();
            ObjectNode model = own(name, call.project()).deepCopy();
            model.put("state", "ACTIVE").put("updateTime", resources.now());
            resources.put(name, call.project(), model);
            next.put("done", true).set("response", model);
        }
        resources.put(call.resource(), owned.with(next));
        return Call.ok(next);
    }
}
