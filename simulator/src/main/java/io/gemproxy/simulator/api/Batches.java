package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.simulator.http.Answer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * batches: created for a model, one step further at each GET (pending, running, succeeded), listed,
 * cancelled, deleted.
 */
final class Batches {
    private static final String TYPE =
            "type.googleapis.com/google.ai.generativelanguage.v1main.GenerateContentBatch";
    private final Resources resources;
    private final BatchWork work;

    Batches(Resources resources, Generation generation) {
        this.resources = resources;
        this.work = new BatchWork(new JsonLines(resources), generation);
    }

    Answer create(Call call, String model, boolean embeds) throws IOException, ApiException {
        ObjectNode batch = Json.child(call.json(), "batch");
        ObjectNode input = Json.child(batch, "inputConfig", "input_config");
        BatchJob job = work.job(call, model, input, embeds);
        String display = Json.text(batch, "displayName", "display_name");
        return Call.ok(begun(call.project(), model, display, input, job));
    }

    /** A new batch of that work. */
    ObjectNode begun(String project, String model, String display, ObjectNode input, BatchJob job) {
        String name = "batches/" + resources.freshId();
        ObjectNode operation = Json.object().put("name", name);
        ObjectNode metadata = operation.putObject("metadata").put("@type", TYPE);
        metadata.put("model", "models/" + model);
        metadata.put("displayName", display);
        metadata.put("createTime", resources.now()).put("updateTime", resources.now());
        metadata.putObject("batchStats")
                .put("requestCount", Integer.toString(job.size()))
                .put("pendingRequestCount", Integer.toString(job.size()));
        metadata.put("state", "BATCH_STATE_PENDING").put("name", name);
        metadata.set("inputConfig", input);
        resources.put(name, new Resources.Owned(project, operation, null, job));
        return operation;
    }

    Answer answer(Call call) throws ApiException {
        if (call.resource().equals("batches")) {
            return Call.ok(resources.page(call, "batches/", "operations"));
        }
        Resources.Owned owned = resources.own(call);
        if (call.is("GET", "")) {
            return Call.ok(further(call, owned));
        }
        if (call.is("POST", "cancel")) {
            cancel(call, owned);
            return Call.ok(Json.object());
        }
        if (call.is("DELETE", "")) {
            resources.remove(call.resource());
            return Call.ok(Json.object());
        }
        throw Errors.notFound();
    }

    /** The batch, which is one step further than it was. */
    ObjectNode further(Call call, Resources.Owned owned) {
        ObjectNode next = owned.json().deepCopy();
        ObjectNode metadata = Json.child(next, "metadata");
        switch (metadata.path("state").asText()) {
            case "BATCH_STATE_PENDING" -> metadata.put("state", "BATCH_STATE_RUNNING");
            case "BATCH_STATE_RUNNING" -> succeed(call, next, metadata, owned.job());
            default -> {
                return owned.json();
            }
        }
        metadata.put("updateTime", resources.now());
        resources.put(call.resource(), owned.with(next));
        return next;
    }

    private void succeed(
            Call call, ObjectNode operation, ObjectNode metadata, @Nullable BatchJob job) {
        if (job == null) {
            return;
        }
        ObjectNode output = job.output(call.project());
        String size = Integer.toString(job.size());
        metadata.put("endTime", resources.now()).put("state", "BATCH_STATE_SUCCEEDED");
        metadata.putObject("batchStats")
                .put("requestCount", size)
                .put("successfulRequestCount", size);
        metadata.set("output", output);
        operation.put("done", true);
        ObjectNode response = operation.putObject("response").put("@type", TYPE + "Output");
        response.setAll(output);
    }

    /** Ends it, if it has not ended. */
    void cancel(Call call, Resources.Owned owned) {
        ObjectNode next = owned.json().deepCopy();
        if (next.path("done").asBoolean()) {
            return;
        }
        ObjectNode metadata = Json.child(next, "metadata");
        metadata.put("state", "BATCH_STATE_CANCELLED").put("endTime", resources.now());
        next.put("done", true);
        next.putObject("error").put("code", 1).put("message", "The operation was cancelled.");
        resources.put(call.resource(), owned.with(next));
    }
}
