package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.simulator.http.Answer;
import java.io.IOException;
import java.util.Random;

/** Vectors that depend on the text alone. */
final class Embeddings {
    Answer one(Call call) throws IOException, ApiException {
        return Call.ok(answered(call.json()));
    }

    /** What answers one request, alone or in a batch. */
    static ObjectNode answered(ObjectNode request) {
        ObjectNode answer = Json.object();
        answer.set("embedding", embedding(request));
        return usage(answer, request);
    }

    Answer many(Call call) throws IOException, ApiException {
        ObjectNode request = call.json();
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("embeddings");
        if (request.path("requests").size() > 100) {
            throw Errors.of(
                    400,
                    "* BatchEmbedContentsRequest.requests: at most 100 requests can be in one batch\n");
        }
        for (JsonNode each : request.path("requests")) {
            list.add(embedding(each));
        }
        return Call.ok(usage(answer, request));
    }

    private static ObjectNode usage(ObjectNode answer, JsonNode request) {
        long characters = 0;
        for (JsonNode text : request.findValues("text")) {
            characters += text.asText().length();
        }
        long tokens = Prompt.tokens(characters);
        ObjectNode usage = answer.putObject("usageMetadata").put("promptTokenCount", tokens);
        Generation.details(usage, "promptTokenDetails", tokens);
        return answer;
    }

    private static ObjectNode embedding(JsonNode request) {
        StringBuilder text = new StringBuilder();
        for (JsonNode part : request.path("content").path("parts")) {
            text.append(part.path("text").asText(""));
        }
        ObjectNode embedding = Json.object();
        embedding.set(
                "values", vector(text.toString(), request.path("outputDimensionality").asInt(768)));
        return embedding;
    }

    static ArrayNode vector(String text, int dimensions) {
        Random random = new Random(text.hashCode());
        ArrayNode values = Json.array();
        for (int i = 0; i < Math.min(Math.max(1, dimensions), 3072); i++) {
            values.add((float) (random.nextDouble() * 2 - 1));
        }
        return values;
    }
}
