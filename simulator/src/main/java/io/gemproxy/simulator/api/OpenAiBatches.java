package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.simulator.http.Answer;
import java.io.IOException;
import java.util.List;

/** openai/batches: the native batches in OpenAI's words, made of a file of OpenAI's requests. */
final class OpenAiBatches {
    private final Resources resources;
    private final Batches batches;
    private final OpenAiBatchWork work;

    OpenAiBatches(Resources resources, Batches batches, OpenAiBatchWork work) {
        this.resources = resources;
        this.batches = batches;
        this.work = work;
    }

    /**
     * Answers.
     *
     * @param below what follows "batches/" in the path, empty for the collection
     */
    Answer answer(Call call, String below) throws IOException, ApiException {
        if (below.isEmpty()) {
            return call.is("POST", "") ? create(call) : list(call);
        }
        boolean cancels = call.is("POST", "") && below.endsWith("/cancel");
        String id = cancels ? below.substring(0, below.length() - "/cancel".length()) : below;
        Call named = call.at(OpenAiIds.name("batches", id), "");
        Resources.Owned owned = resources.own(named);
        if (cancels) {
            batches.cancel(named, owned);
        } else if (call.is("GET", "")) {
            batches.further(named, owned);
        } else {
            throw Errors.notFound();
        }
        return Call.ok(described(resources.own(named)));
    }

    private Answer create(Call call) throws IOException, ApiException {
        ObjectNode request = call.json();
        OpenAiBatchWork.Job job = work.job(call.project(), request);
        ObjectNode input = Json.object().put("fileName", job.input());
        ObjectNode made = batches.begun(call.project(), job.model(), "", input, job);
        return Call.ok(described(resources.own(call.at(made.path("name").asText(), ""))));
    }

    private Answer list(Call call) throws ApiException {
        List<ObjectNode> all =
                resources.owned(call.project(), "batches/").stream()
                        .map(OpenAiBatches::described)
                        .toList();
        return Call.ok(OpenAiIds.page(call, all));
    }

    private static ObjectNode described(Resources.Owned owned) {
        JsonNode batch = owned.json().path("metadata");
        ObjectNode told = Json.object().put("id", batch.path("name").asText());
        told.put("object", "batch");
        if (owned.job() instanceof OpenAiBatchWork.Job job) {
            told.put("endpoint", job.endpoint()).put("completion_window", job.window());
            told.set("metadata", job.metadata());
        }
        told.put("input_file_id", batch.path("inputConfig").path("fileName").asText());
        told.put("status", status(batch.path("state").asText()));
        told.put("created_at", OpenAiIds.seconds(batch.path("createTime").asText()));
        if (batch.path("output").has("responsesFile")) {
            told.set("output_file_id", batch.path("output").path("responsesFile"));
            told.put("completed_at", OpenAiIds.seconds(batch.path("endTime").asText()));
        }
        JsonNode stats = batch.path("batchStats");
        told.putObject("request_counts")
                .put("total", stats.path("requestCount").asInt())
                .put("completed", stats.path("successfulRequestCount").asInt())
                .put("failed", 0);
        return told;
    }

    private static String status(String state) {
        return switch (state) {
            case "BATCH_STATE_PENDING" -> "validating";
            case "BATCH_STATE_RUNNING" -> "in_progress";
            case "BATCH_STATE_SUCCEEDED" -> "completed";
            case "BATCH_STATE_CANCELLED" -> "cancelled";
            default -> "failed";
        };
    }
}
