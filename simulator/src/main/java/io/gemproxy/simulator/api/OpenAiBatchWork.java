package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.simulator.faults.Plan;
import java.util.ArrayList;
import java.util.List;

/** Batches of OpenAI's requests: "custom_id", "url" and "body" on each line of a file. */
final class OpenAiBatchWork {
    private static final String CHAT = "/v1/chat/completions";
    private static final String EMBEDDINGS = "/v1/embeddings";
    private final JsonLines lines;
    private final OpenAiChat chat;
    private final OpenAiEmbeddings embeddings;

    OpenAiBatchWork(JsonLines lines, OpenAiChat chat, OpenAiEmbeddings embeddings) {
        this.lines = lines;
        this.chat = chat;
        this.embeddings = embeddings;
    }

    /** Reads what is to be done; a file of another project is not found. */
    Job job(String project, ObjectNode request) throws ApiException {
        String endpoint = Json.text(request, "endpoint");
        String window = Json.text(request, "completion_window");
        boolean known = endpoint.equals(CHAT) || endpoint.equals(EMBEDDINGS);
        if (!known || window.isEmpty()) {
            throw Errors.of(400, "Request contains an invalid argument.");
        }
        String input = OpenAiIds.name("files", Json.text(request, "input_file_id"));
        List<JsonNode> items = lines.read(input, project);
        if (items.isEmpty()) {
            throw Errors.of(400, "The input file is empty.");
        }
        return new Job(request, input, endpoint, window, items);
    }

    /** All work of one batch. */
    final class Job implements BatchJob {
        private final ObjectNode request;
        private final String input;
        private final String endpoint;
        private final String window;
        private final List<JsonNode> items;

        private Job(
                ObjectNode request,
                String input,
                String endpoint,
                String window,
                List<JsonNode> items) {
            this.request = request;
            this.input = input;
            this.endpoint = endpoint;
            this.window = window;
            this.items = items;
        }

        /** The file's name. */
        String input() {
            return input;
        }

        String endpoint() {
            return endpoint;
        }

        String window() {
            return window;
        }

        /** The caller's own words on it. */
        ObjectNode metadata() {
            return Json.child(request, "metadata");
        }

        /** The model of its first line. */
        String model() {
            return OpenAi.bare(items.getFirst().path("body").path("model").asText());
        }

        @Override
        public int size() {
            return items.size();
        }

        @Override
        public ObjectNode output(String project) {
            List<ObjectNode> told = new ArrayList<>();
            for (JsonNode item : items) {
                told.add(line(item, project, told.size() + 1));
            }
            return Json.object().put("responsesFile", lines.write(told, project));
        }

        private ObjectNode line(JsonNode item, String project, int number) {
            ObjectNode line = Json.object().put("id", "batch_req_" + number);
            line.put("custom_id", item.path("custom_id").asText());
            ObjectNode response = line.putObject("response");
            try {
                response.set("body", answered(Json.child(item, "body"), project));
                response.put("status_code", 200);
            } catch (ApiException refused) {
                response.put("status_code", refused.status()).set("body", refused.error());
            }
            return line;
        }

        private ObjectNode answered(ObjectNode body, String project) throws ApiException {
            return endpoint.equals(CHAT)
                    ? chat.completion(chat.prompt(body, new Plan(), project))
                    : embeddings.embedded(body);
        }
    }
}
