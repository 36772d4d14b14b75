package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.simulator.faults.Plan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The requests of a batch, read from the call or a file, and their answers. */
final class BatchWork {
    private final JsonLines lines;
    private final Generation generation;

    /** One line of work: the request and what the caller calls it. */
    private record Item(@Nullable JsonNode key, ObjectNode request) {}

    /** All work of one batch. */
    private final class Job implements BatchJob {
        private final String model;
        private final boolean embeds;
        private final boolean fromFile;
        private final List<Item> items;

        Job(String model, boolean embeds, boolean fromFile, List<Item> items) {
            this.model = model;
            this.embeds = embeds;
            this.fromFile = fromFile;
            this.items = items;
        }

        @Override
        public int size() {
            return items.size();
        }

        @Override
        public ObjectNode output(String project) {
            return fromFile
                    ? Json.object().put("responsesFile", lines.write(told("key"), project))
                    : inlined();
        }

        private ObjectNode inlined() {
            ObjectNode output = Json.object();
            String member = embeds ? "inlinedEmbedContentResponses" : "inlinedResponses";
            ArrayNode list = output.putObject(member).putArray("inlinedResponses");
            told("metadata").forEach(list::add);
            return output;
        }

        private List<ObjectNode> told(String keyMember) {
            List<ObjectNode> told = new ArrayList<>();
            for (Item item : items) {
                ObjectNode line = Json.object();
                if (item.key() != null) {
                    line.set(keyMember, item.key());
                }
                line.set("response", answered(item));
                told.add(line);
            }
            return told;
        }

        private ObjectNode answered(Item item) {
            return embeds
                    ? Embeddings.answered(item.request())
                    : generation.whole(new Prompt(model, item.request(), new Plan()));
        }
    }

    BatchWork(JsonLines lines, Generation generation) {
        this.lines = lines;
        this.generation = generation;
    }

    /** Reads what is to be done; a file of another project is not found. */
    BatchJob job(Call call, String model, ObjectNode input, boolean embeds) throws ApiException {
        String file = Json.text(input, "fileName", "file_name");
        List<Item> items =
                file.isEmpty()
                        ? inline(Json.child(input, "requests"))
                        : inFile(call.project(), file);
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

    private List<Item> inFile(String project, String file) throws ApiException {
        List<Item> items = new ArrayList<>();
        for (JsonNode each : lines.read(file, project)) {
            items.add(new Item(each.get("key"), Json.child(each, "request")));
        }
        return items;
    }
}
