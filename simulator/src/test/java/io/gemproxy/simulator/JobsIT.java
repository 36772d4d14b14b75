package io.gemproxy.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Everything that is made now and looked at later, over real sockets. */
class JobsIT {
    private static final String MODEL = "/v1beta/models/gemini-2.5-flash";
    private static final String INLINE =
            """
            {"batch":{"displayName":"b","inputConfig":{"requests":{"requests":[
            {"request":{"contents":[{"parts":[{"text":"one"}]}]},"metadata":{"key":"a"}},
            {"request":{"contents":[{"parts":[{"text":"two"}]}]}}]}}}}\
            """;
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

    private String make(String path, String body) throws Exception {
        return one.json("POST", path, body).path("name").asText();
    }

    private JsonNode look(String name) throws Exception {
        return one.json("GET", "/v1beta/" + name, "");
    }

    @Test
    void inlineBatchRunsAndThenHoldsItsAnswers() throws Exception {
        var made = one.json("POST", MODEL + ":batchGenerateContent", INLINE);
        assertEquals("BATCH_STATE_PENDING", made.path("metadata").path("state").asText());
        String name = made.path("name").asText();
        assertTrue(name.startsWith("batches/"));
        assertEquals("BATCH_STATE_RUNNING", look(name).path("metadata").path("state").asText());
        JsonNode done = look(name);
        assertEquals("BATCH_STATE_SUCCEEDED", done.path("metadata").path("state").asText());
        assertTrue(done.path("done").asBoolean());
        JsonNode answers = done.path("response").path("inlinedResponses").path("inlinedResponses");
        assertEquals(
                "You said: two",
                answers.path(1).path("response").path("candidates").findValue("text").asText());
        assertEquals("a", answers.path(0).path("metadata").path("key").asText());
        assertEquals(done.path("metadata").path("output").size(), 1);
    }

    @Test
    void batchBelongsToTheProjectOfItsKey() throws Exception {
        String name = make(MODEL + ":batchGenerateContent", INLINE);
        assertEquals(404, two.get("/v1beta/" + name).statusCode());
        assertEquals(404, two.post("/v1beta/" + name + ":cancel", "").statusCode());
        assertTrue(two.json("GET", "/v1beta/batches", "").path("operations").isMissingNode());
        assertEquals(
                name,
                one.json("GET", "/v1beta/batches", "")
                        .path("operations")
                        .path(0)
                        .path("name")
                        .asText());
    }

    @Test
    void batchIsCancelledAndDeleted() throws Exception {
        String name = make(MODEL + ":batchGenerateContent", INLINE);
        one.json("POST", "/v1beta/" + name + ":cancel", "");
        assertEquals("BATCH_STATE_CANCELLED", look(name).path("metadata").path("state").asText());
        one.json("DELETE", "/v1beta/" + name, "");
        assertEquals(404, one.get("/v1beta/" + name).statusCode());
    }

    @Test
    void batchFromAFileAnswersWithAFile() throws Exception {
        upload(
                "/upload/v1beta/files",
                "{\"file\":{\"name\":\"files/in\"}}",
                "{\"key\":\"k\",\"request\":{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}]}}\n");
        String input = "{\"batch\":{\"inputConfig\":{\"fileName\":\"files/in\"}}}";
        assertEquals(404, two.post(MODEL + ":batchGenerateContent", input).statusCode());
        String name = make(MODEL + ":batchGenerateContent", input);
        look(name);
        String file = look(name).path("response").path("responsesFile").asText();
        var lines = one.get("/v1beta/" + file + ":download?alt=media").body();
        assertEquals("k", Caller.parse(lines).path("key").asText());
        assertEquals(403, two.get("/v1beta/" + file + ":download?alt=media").statusCode());
        assertEquals(lines, one.get("/download/v1beta/" + file + ":download?alt=media").body());
    }

    @Test
    void embeddingBatchHoldsEmbeddings() throws Exception {
        String name =
                make(
                        "/v1beta/models/gemini-embedding-001:asyncBatchEmbedContent",
                        INLINE.replace(
                                "\"contents\":[{\"parts\":[{\"text\":\"one\"}]}]",
                                "\"content\":{\"parts\":[{\"text\":\"one\"}]}"));
        look(name);
        JsonNode list = look(name).path("response").path("inlinedEmbedContentResponses");
        assertEquals(
                768,
                list.path("inlinedResponses")
                        .path(0)
                        .path("response")
                        .path("embedding")
                        .path("values")
                        .size());
    }

    @Test
    void videoIsDoneAtTheSecondLook() throws Exception {
        String name =
                make(
                        "/v1beta/models/veo-3.1-generate-preview:predictLongRunning",
                        "{\"instances\":[{\"prompt\":\"sea\"}]}");
        assertTrue(name.startsWith("models/veo-3.1-generate-preview/operations/"));
        assertFalse(look(name).has("done"));
        assertEquals(404, two.get("/v1beta/" + name).statusCode());
        String uri = look(name).findValue("uri").asText();
        String path = URI.create(uri).getPath();
        assertEquals("simulated video", one.get(path + "?alt=media").body());
        assertEquals(403, two.get(path + "?alt=media").statusCode());
    }

    @Test
    void imagesArePredicted() throws Exception {
        var answer =
                one.json(
                        "POST",
                        "/v1beta/models/imagen-4.0-generate-001:predict",
                        "{\"instances\":[{\"prompt\":\"sea\"}],\"parameters\":{\"sampleCount\":2}}");
        assertEquals(2, answer.path("predictions").size());
    }

    @Test
    void storeTakesDocumentsByUploadAndImport() throws Exception {
        String store = make("/v1beta/fileSearchStores", "{\"displayName\":\"s\"}");
        var operation =
                Caller.parse(
                        upload(
                                "/upload/v1beta/" + store + ":uploadToFileSearchStore",
                                "{\"displayName\":\"doc\"}",
                                "text"));
        assertTrue(operation.path("done").asBoolean());
        assertEquals(store, operation.path("response").path("parent").asText());
        assertTrue(look(operation.path("name").asText()).path("done").asBoolean());
        upload("/upload/v1beta/files", "{\"file\":{\"name\":\"files/f\"}}", "text");
        one.json("POST", "/v1beta/" + store + ":importFile", "{\"fileName\":\"files/f\"}");
        assertEquals(2, look(store + "/documents").path("documents").size());
        assertEquals(404, two.get("/v1beta/" + store + "/documents").statusCode());
        assertEquals(400, one.send("DELETE", "/v1beta/" + store, "").statusCode());
        one.json("DELETE", "/v1beta/" + store + "?force=true", "");
        assertEquals(404, one.get("/v1beta/" + store).statusCode());
    }

    @Test
    void interactionIsStoredAndContinuedByItsProject() throws Exception {
        var made =
                one.json(
                        "POST",
                        "/v1beta/interactions",
                        "{\"model\":\"gemini-3.5-flash\",\"input\":\"hi\"}");
        String id = made.path("id").asText();
        assertEquals(
                "You said: hi",
                made.path("steps").path(0).path("content").findValue("text").asText());
        assertEquals(id, look("interactions/" + id).path("id").asText());
        String more =
                "{\"model\":\"gemini-3.5-flash\",\"input\":\"on\",\"previous_interaction_id\":\""
                        + id
                        + "\"}";
        one.json("POST", "/v1beta/interactions", more);
        var foreign = two.post("/v1beta/interactions", more);
        assertEquals(404, foreign.statusCode());
        assertEquals("not_found", Caller.parse(foreign.body()).path("error").path("code").asText());
        one.json("DELETE", "/v1beta/interactions/" + id, "");
        assertEquals(404, one.get("/v1beta/interactions/" + id).statusCode());
    }

    @Test
    void interactionStreamsNamedEventsAndDone() throws Exception {
        var answer =
                one.post(
                        "/v1beta/interactions",
                        "{\"model\":\"gemini-3.5-flash\",\"input\":\"hi\",\"stream\":true}");
        List<String> events = List.of(answer.body().split("\n\n"));
        assertTrue(events.getFirst().startsWith("event: interaction.created\ndata: {"));
        assertTrue(events.get(events.size() - 2).contains("\"total_tokens\""));
        assertTrue(events.getLast().endsWith("data: [DONE]"));
    }

    @Test
    void tokenIsMade() throws Exception {
        assertTrue(make("/v1alpha/auth_tokens", "{\"uses\":1}").startsWith("auth_tokens/"));
    }

    private String upload(String path, String metadata, String content) throws Exception {
        var start =
                client.send(
                        request(simulator.baseUrl() + path)
                                .header("x-goog-api-key", "AIza-one")
                                .header("X-Goog-Upload-Protocol", "resumable")
                                .header("X-Goog-Upload-Command", "start")
                                .POST(HttpRequest.BodyPublishers.ofString(metadata))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertEquals(200, start.statusCode(), start.body());
        String url = start.headers().firstValue("x-goog-upload-url").orElse("");
        return client.send(
                        request(url)
                                .header("X-Goog-Upload-Command", "upload, finalize")
                                .header("X-Goog-Upload-Offset", "0")
                                .POST(HttpRequest.BodyPublishers.ofString(content))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url));
    }
}
