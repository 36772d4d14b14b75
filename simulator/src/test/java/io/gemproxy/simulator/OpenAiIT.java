package io.gemproxy.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.simulator.quota.Quota;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The OpenAI-compatible paths over real sockets. */
class OpenAiIT {
    private static final String CHAT = "/v1beta/openai/chat/completions";
    private static final String HELLO =
            "{\"model\":\"gemini-2.5-flash\",\"messages\":[{\"role\":\"user\",\"content\":\"hello there\"}]}";
    private final Simulator simulator =
            Simulator.builder()
                    .key("k1", "AIza-one", "p1")
                    .key("k2", "AIza-two", "p2")
                    .quota("p2", "gemini-2.5-flash", Quota.perMinute(1))
                    .start();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Caller caller =
            new Caller(client, simulator.baseUrl(), "Authorization", "Bearer AIza-one");

    @AfterEach
    void stop() {
        client.close();
        simulator.close();
    }

    @Test
    void chatEchoesThePromptWithUsage() throws Exception {
        var answer = caller.json("POST", CHAT, HELLO);
        assertEquals("chat.completion", answer.path("object").asText());
        var choice = answer.path("choices").path(0);
        assertEquals("You said: hello there", choice.path("message").path("content").asText());
        assertEquals("stop", choice.path("finish_reason").asText());
        assertEquals(3, answer.path("usage").path("prompt_tokens").asInt());
    }

    @Test
    void streamEndsWithDone() throws Exception {
        var answer = caller.post(CHAT, HELLO.replace("{\"model", "{\"stream\":true,\"model"));
        List<String> events = List.of(answer.body().split("\n\n"));
        assertEquals("data: [DONE]", events.getLast());
        assertTrue(answer.body().endsWith("data: [DONE]\n\n"));
        StringBuilder text = new StringBuilder();
        for (String event : events.subList(0, events.size() - 1)) {
            var chunk = Caller.parse(event.substring("data: ".length()));
            assertEquals("chat.completion.chunk", chunk.path("object").asText());
            assertTrue(chunk.path("usage").path("total_tokens").asInt() > 0);
            text.append(chunk.path("choices").path(0).path("delta").path("content").asText());
        }
        assertEquals("You said: hello there", text.toString());
    }

    @Test
    void toolsAreCalledAndTheirResultsRead() throws Exception {
        String tools =
                HELLO.replace(
                        "{\"model",
                        "{\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"look\",\"parameters\":{\"type\":\"object\",\"properties\":{\"place\":{\"type\":\"string\"}}}}}],\"model");
        var choice = caller.json("POST", CHAT, tools).path("choices").path(0);
        assertEquals("tool_calls", choice.path("finish_reason").asText());
        var function = choice.path("message").path("tool_calls").path(0).path("function");
        assertEquals("look", function.path("name").asText());
        assertEquals("{\"place\":\"hello there\"}", function.path("arguments").asText());
        String result =
                tools.replace(
                        "}]}",
                        "},{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"sun\"}]}");
        assertTrue(caller.post(CHAT, result).body().contains("returned"));
    }

    @Test
    void errorsAreArraysOfOne() throws Exception {
        var unknown = caller.post(CHAT, HELLO.replace("2.5-flash", "none"));
        assertEquals(404, unknown.statusCode());
        assertEquals(
                "NOT_FOUND",
                Caller.parse(unknown.body()).path(0).path("error").path("status").asText());
        var wrong = new Caller(client, simulator.baseUrl(), "Authorization", "Bearer AIza-other");
        assertTrue(wrong.post(CHAT, HELLO).body().startsWith("[{\n"));
        simulator.script("model gemini-2.5-flash: 429 perday");
        assertEquals(429, caller.post(CHAT, HELLO).statusCode());
    }

    @Test
    void keyMayComeInTheGoogleHeaderButNotInBoth() throws Exception {
        assertEquals(200, Caller.of(client, simulator, "AIza-one").post(CHAT, HELLO).statusCode());
        var both =
                client.send(
                        HttpRequest.newBuilder(java.net.URI.create(simulator.baseUrl() + CHAT))
                                .header("x-goog-api-key", "AIza-one")
                                .header("Authorization", "Bearer AIza-one")
                                .POST(HttpRequest.BodyPublishers.ofString(HELLO))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertEquals(400, both.statusCode());
        assertTrue(both.body().contains("Multiple authentication credentials received"));
    }

    @Test
    void quotaCountsTheModelOfTheBody() throws Exception {
        var two = new Caller(client, simulator.baseUrl(), "Authorization", "Bearer AIza-two");
        assertEquals(200, two.post(CHAT, HELLO).statusCode());
        assertEquals(429, two.post(CHAT, HELLO).statusCode());
    }

    @Test
    void embeddingsComeAsNumbersOrBase64() throws Exception {
        String request =
                "{\"model\":\"gemini-embedding-001\",\"dimensions\":4,\"input\":[\"a\",\"b\"]}";
        var numbers = caller.json("POST", "/v1beta/openai/embeddings", request);
        assertEquals(2, numbers.path("data").size());
        assertEquals(4, numbers.path("data").path(1).path("embedding").size());
        var base64 =
                caller.json(
                        "POST",
                        "/v1beta/openai/embeddings",
                        request.replace("{\"model", "{\"encoding_format\":\"base64\",\"model"));
        var bytes = base64.path("data").path(0).path("embedding").binaryValue();
        assertEquals(
                (float) numbers.path("data").path(0).path("embedding").path(0).asDouble(),
                java.nio.ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN).getFloat());
    }

    @Test
    void modelsAreListedAndFound() throws Exception {
        var list = caller.json("GET", "/v1beta/openai/models", "");
        assertEquals("models/gemini-2.5-flash", list.path("data").path(0).path("id").asText());
        var one = caller.json("GET", "/v1beta/openai/models/gemini-2.5-flash", "");
        assertEquals("model", one.path("object").asText());
        assertEquals(404, caller.get("/v1beta/openai/models/none").statusCode());
        assertEquals("", caller.post("/v1beta/openai/responses", HELLO).body());
    }
}
