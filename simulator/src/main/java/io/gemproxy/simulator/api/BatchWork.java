package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.simulator.faults.Plan;
import io.gemproxy.simulator.record.Capture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The requests of a batch, read from the call or a file, and their answers. */
final class BatchWork {
    private static final int KEPT = 64 << 20;
    private final Resources resources;
    private final Generation generation;

    /** One line of work: the request and what the caller calls it. */
    private record Item(@Nullable JsonNode key, ObjectNode request) {}

    /** All work of one batch. */
    record Job(String model, boolean embeds, boolean fromFile, List<Item> items) {
        int size() {
            return items.size();
        }
    }

    BatchWork(Resources resources, Generation generation) {
        this.resources = resources;
        this.generation = generation;
    }

    /** Reads what is to be done; a file of another project is not found. */
    Job job(Call call, String model, ObjectNode input, boolean embeds) throws ApiException {
        String file = Json.text(input, "fileName", "file_name");
        List<Item> items =
                file.isEmpty() ? inline(Json.child(input, "requests")) : lines(call, file);
        if (items.isEmpty()) {
            throw Errors.of(400, "* BatchGenerateContentRequest.batch.input_config: is empty\n");
        }
        return new Job(model, embeds, !file.isEmpty(), items);
    }

    private static List<Item> inline(ObjectNode requests) {
        List<Item> items = new ArrayList<>();
        for (JsonNode each : requests.path("requests")) {
            items.add(new Item(each.get("metadata"), Json.child(each, "request")));
        }
        return items;
    }

    private List<Item> lines(Call call, String file) throws ApiException {
        Resources.Owned owned = resources.get(file, call.project());
        if (owned == null || owned.content() == null) {
            throw Errors.notFound();
        }
        String text = new String(owned.content().kept(), StandardCharsets.UTF_8);
        List<Item> items = new ArrayList<>();
        for (String line : text.lines().filter(one -> !one.isBlank()).toList()) {
            try {
                JsonNode each = Json.parse(line.getBytes(StandardCharsets.UTF_8));
                items.add(new Item(each.get("key"), Json.child(each, "request")));
            } catch (IOException notJson) {
                throw Errors.of(400, "Line " + (items.size() + 1) + " of the file is not JSON.");
            }
        }
        return items;
    }

    /** The answers: inline, or as a file that can be downloaded. */
    ObjectNode output(Call call, Job job) {
        ObjectNode output = Json.object();
        if (job.fromFile()) {
            return output.put("responsesFile", file(call, job));
        }
        String member = job.embeds() ? "inlinedEmbedContentResponses" : "inlinedResponses";
        ArrayNode list = output.putObject(member).putArray("inlinedResponses");
        for (Item item : job.items()) {
            ObjectNode told = list.addObject();
            told.set("response", answered(job, item));
            if (item.key() != null) {
                told.set("metadata", item.key());
            }
        }
        return output;
    }

    private String file(Call call, Job job) {
        Capture all = new Capture(KEPT);
        for (Item item : job.items()) {
            ObjectNode line = Json.object();
            if (item.key() != null) {
                line.set("key", item.key());
            }
            line.set("response", answered(job, item));
            byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
            all.bytes(bytes, 0, bytes.length);
        }
        ObjectNode given = Json.object().put("name", "files/batch-" + resources.freshId());
        Resources.Content content =
                new Resources.Content(all.bytes(), all.length(), all.sha256Hex());
        return Files.create(
                        resources,
                        call.project(),
                        content,
                        given,
                        "application/jsonl",
                        Uploads.GOOGLE)
                .path("name")
                .asText();
    }

    private ObjectNode answered(Job job, Item item) {
        if (job.embeds()) {
            return Embeddings.answered(item.request());
        }
        return generation.whole(new Prompt(job.model(), item.request(), new Plan()));
    }
}
