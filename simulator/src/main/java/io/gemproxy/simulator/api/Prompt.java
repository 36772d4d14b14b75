package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.simulator.faults.Plan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a generateContent request asks, and the deterministic text that answers it.
 *
 * @param implicit tokens read from the implicit cache
 */
record Prompt(String model, ObjectNode request, Plan plan, long implicit) {
    static final int CHARACTERS_PER_TOKEN = 4;

    Prompt(String model, ObjectNode request, Plan plan) {
        this(model, request, plan, 0);
    }

    /** The same, of which so many tokens are read from the implicit cache. */
    Prompt cached(long tokens) {
        return new Prompt(model, request, plan, tokens);
    }

    /** All that the model reads, in its order: instruction, tools, contents. */
    String canonical() {
        StringBuilder text = new StringBuilder();
        read(request.path("systemInstruction"), text);
        read(request.path("system_instruction"), text);
        JsonNode tools = request.path("tools");
        if (!tools.isEmpty()) {
            text.append(tools);
        }
        for (JsonNode content : request.path("contents")) {
            read(content, text);
        }
        return text.toString();
    }

    private static void read(JsonNode content, StringBuilder to) {
        for (JsonNode part : content.path("parts")) {
            to.append(part.has("text") ? part.path("text").asText() : part.toString());
        }
    }

    /** The text of the last content. */
    String lastText() {
        return textOf(lastContent());
    }

    private JsonNode lastContent() {
        JsonNode contents = request.path("contents");
        return contents.isArray() ? contents.path(contents.size() - 1) : contents;
    }

    private static String textOf(JsonNode content) {
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content.path("parts")) {
            text.append(part.path("text").asText(""));
        }
        return text.toString();
    }

    /** How many contents the user wrote. */
    int turn() {
        int turns = 0;
        for (JsonNode content : request.path("contents")) {
            turns += content.path("role").asText("user").equals("model") ? 0 : 1;
        }
        return turns;
    }

    /** The function to be called, when tools are declared and the user has just spoken. */
    @Nullable ObjectNode functionCall() {
        JsonNode function = declared();
        if (function.isMissingNode() || response() != null) {
            return null;
        }
        ObjectNode call = Json.object().put("name", function.path("name").asText());
        ObjectNode arguments = call.putObject("args");
        JsonNode schema =
                function.has("parameters")
                        ? function.path("parameters")
                        : function.path("parametersJsonSchema");
        for (var property : schema.path("properties").properties()) {
            String type =
                    property.getValue()
                            .path("type")
                            .asText("STRING")
                            .toUpperCase(java.util.Locale.ROOT);
            switch (type) {
                case "NUMBER", "INTEGER" -> arguments.put(property.getKey(), 1);
                case "BOOLEAN" -> arguments.put(property.getKey(), true);
                default -> arguments.put(property.getKey(), lastText());
            }
        }
        return call;
    }

    private JsonNode declared() {
        for (JsonNode tool : request.path("tools")) {
            JsonNode list =
                    tool.has("functionDeclarations")
                            ? tool.path("functionDeclarations")
                            : tool.path("function_declarations");
            if (!list.isEmpty()) {
                return list.path(0);
            }
        }
        return Json.object().path("none");
    }

    private @Nullable JsonNode response() {
        for (JsonNode part : lastContent().path("parts")) {
            JsonNode response =
                    part.has("functionResponse")
                            ? part.get("functionResponse")
                            : part.get("function_response");
            if (response != null) {
                return response;
            }
        }
        return null;
    }

    /** The answer: the script's text, or an echo of the last user text. */
    String answer() {
        if (plan.answerSize() > 0) {
            return "x".repeat((int) plan.answerSize());
        }
        if (plan.answerText() != null) {
            return plan.answerText();
        }
        JsonNode response = response();
        if (response != null) {
            return "The function "
                    + response.path("name").asText()
                    + " returned "
                    + response.path("response")
                    + ".";
        }
        StringBuilder text = new StringBuilder("You said: ").append(lastText());
        if (turn() > 1) {
            text.append(" (turn ").append(turn()).append(')');
        }
        for (String file : files()) {
            text.append(" I read ").append(file).append('.');
        }
        String cache = cache();
        if (cache != null) {
            text.append(" I remember ").append(cache).append('.');
        }
        return text.toString();
    }

    /** Names of the files the contents refer to. */
    List<String> files() {
        List<String> names = new ArrayList<>();
        for (JsonNode uri : request.path("contents").findValues("fileUri")) {
            addFile(names, uri.asText());
        }
        for (JsonNode uri : request.path("contents").findValues("file_uri")) {
            addFile(names, uri.asText());
        }
        return names;
    }

    private static void addFile(List<String> names, String uri) {
        int at = uri.indexOf("files/");
        if (at >= 0) {
            names.add(uri.substring(at));
        }
    }

    /** The name of the cached content in use, or null. */
    @Nullable String cache() {
        JsonNode name =
                request.has("cachedContent")
                        ? request.get("cachedContent")
                        : request.get("cached_content");
        return name == null ? null : name.asText();
    }

    /** Tokens of the whole request: one for about four characters of text. */
    long tokens() {
        long characters = 0;
        for (JsonNode text : request.findValues("text")) {
            characters += text.asText().length();
        }
        return tokens(characters);
    }

    static long tokens(long characters) {
        return Math.max(1, (characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN);
    }
}
