package io.gemproxy.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tuned models and the operations that make them, over real sockets. */
class TunedModelsIT {
    private static final String ALL = "/v1beta/tunedModels";
    private static final String TUNING =
            """
            {"displayName":"mine","baseModel":"models/gemini-2.5-flash","tuningTask":{"trainingData":
            {"examples":{"examples":[{"textInput":"1","output":"2"}]}}}}\
            """;
    private static final String HELLO = "{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}]}";
    private final Simulator simulator =
            Simulator.builder().key("k1", "AIza-one", "p1").key("k2", "AIza-two", "p2").start();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Caller one = Caller.of(client, simulator, "AIza-one");
    private final Caller two = Caller.of(client, simulator, "AIza-two");

    @AfterEach
    void stop() {
        client.close();
        simulator.close();
    }

    private String model() throws Exception {
        return one.json("POST", ALL, TUNING).path("metadata").path("tunedModel").asText();
    }

    @Test
    void tuningEndsInAModelThatCanBeAsked() throws Exception {
        var operation = one.json("POST", ALL + "?tunedModelId=mine-1", TUNING);
        String model = operation.path("metadata").path("tunedModel").asText();
        assertEquals("tunedModels/mine-1", model);
        assertEquals("CREATING", one.json("GET", "/v1beta/" + model, "").path("state").asText());
        String name = "/v1beta/" + operation.path("name").asText();
        assertTrue(name.startsWith("/v1beta/" + model + "/operations/"), name);
        one.json("GET", name, "");
        JsonNode done = one.json("GET", name, "");
        assertTrue(done.path("done").asBoolean());
        assertEquals(model, done.path("response").path("name").asText());
        assertEquals("ACTIVE", one.json("GET", "/v1beta/" + model, "").path("state").asText());
        var answer = one.json("POST", "/v1beta/" + model + ":generateContent", HELLO);
        assertEquals("You said: hello", answer.findValue("text").asText());
        assertEquals(409, one.post(ALL + "?tunedModelId=mine-1", TUNING).statusCode());
    }

    @Test
    void itIsListedChangedAndDeletedWithItsOperations() throws Exception {
        String model = model();
        assertEquals(
                "next",
                one.json("PATCH", "/v1beta/" + model, "{\"displayName\":\"next\"}")
                        .path("displayName")
                        .asText());
        var page = one.json("GET", ALL + "?pageSize=1", "");
        assertEquals(model, page.path("tunedModels").path(0).path("name").asText());
        assertEquals(0, two.json("GET", ALL, "").path("tunedModels").size());
        one.json("DELETE", "/v1beta/" + model, "");
        assertEquals(403, one.get("/v1beta/" + model).statusCode());
    }

    @Test
    void anotherProjectHasNoPermission() throws Exception {
        String model = model();
        for (var refused :
                java.util.List.of(
                        two.get("/v1beta/" + model),
                        two.post("/v1beta/" + model + ":generateContent", HELLO),
                        two.post(
                                ALL,
                                TUNING.replace(
                                        "\"baseModel\":\"models/gemini-2.5-flash\"",
                                        "\"tunedModelSource\":{\"tunedModel\":\""
                                                + model
                                                + "\"}")))) {
            assertEquals(403, refused.statusCode(), refused::body);
            assertEquals(
                    "You do not have permission to access tuned model " + model,
                    Caller.parse(refused.body()).path("error").path("message").asText());
        }
    }

    @Test
    void whatCannotBeTunedIsRefused() throws Exception {
        assertEquals(400, one.post(ALL, "{}").statusCode());
        assertEquals(404, one.post(ALL, TUNING.replace("2.5-flash", "9")).statusCode());
    }
}
