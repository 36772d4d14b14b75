package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Turns the messages and tools of OpenAI into contents and tools of generateContent. */
final class OpenAiRequest {
    private OpenAiRequest() {}

    static ObjectNode contents(ObjectNode request) {
        ObjectNode made = Json.object();
        ArrayNode contents = made.putArray("contents");
        for (JsonNode message : request.path("messages")) {
            String role = message.path("role").asText("user");
            if (role.equals("system") || role.equals("developer")) {
                made.putObject("systemInstruction").set("parts", parts(message));
            } else {
                ObjectNode content = contents.addObject();
                content.put("role", role.equals("assistant") ? "model" : "user");
                content.set("parts", role.equals("tool") ? result(message) : parts(message));
            }
        }
        JsonNode functions = request.path("tools");
        if (!functions.isEmpty()) {
            ArrayNode declared =
                    made.putArray("tools").addObject().putArray("functionDeclarations");
            functions.forEach(tool -> declared.add(tool.path("function")));
        }
        JsonNode cache = request.path("extra_body").path("google").path("cached_content");
        if (cache.isTextual()) {
            made.set("cachedContent", cache);
        }
        return made;
    }

    private static ArrayNode parts(JsonNode message) {
        ArrayNode parts = Json.array();
        JsonNode content = message.path("content");
        if (content.isTextual()) {
            parts.addObject().set("text", content);
        }
        for (JsonNode part : content.isArray() ? content : Json.array()) {
            if (part.has("text")) {
                parts.addObject().set("text", part.get("text"));
            }
        }
        return parts;
    }

    private static ArrayNode result(JsonNode message) {
        ArrayNode parts = Json.array();
        ObjectNode response = parts.addObject().putObject("functionResponse");
        response.put("name", message.path("name").asText(message.path("tool_call_id").asText()));
        response.set("response", message.path("content"));
        return parts;
    }
}
