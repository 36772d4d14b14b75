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

/** Files and batches of the OpenAI-compatible paths, over real sockets. */
class OpenAiJobsIT {
    private static final String OPENAI = "/v1beta/openai/";
    private static final String LINE =
            "{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":{\"model\":\"MODEL\",\"messages\":[{\"role\":\"user\",\"content\":\"one\"}]}}\n";
    private static final String CHAT_LINE = LINE.replace("MODEL", "gemini-2.5-flash");
    private final Simulator simulator =
            Simulator.builder().key("k1", "AIza-one", "p1").key("k2", "AIza-two", "p2").start();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Caller one =
            new Caller(client, simulator.baseUrl(), "Authorization", "Bearer AIza-one");
    private final Caller plain = Caller.of(client, simulator, "AIza-one");
    private final Caller two =
            new Caller(client, simulator.baseUrl(), "Authorization", "Bearer AIza-two");

    @AfterEach
    void stop() {
        client.close();
        simulator.close();
    }

    private HttpResponse<String> form(String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(simulator.baseUrl() + OPENAI + "files"))
                        .header("Authorization", "Bearer AIza-one")
                        .header("Content-Type", "multipart/form-data; boundary=b")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode upload(String content, String purpose) throws Exception {
        var made =
                form(
                        "--b\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\n"
                                + purpose
                                + "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"in.jsonl\"\r\nContent-Type: application/jsonl\r\n\r\n"
                                + content
                                + "\r\n--b--\r\n");
        assertEquals(200, made.statusCode(), made::body);
        return Caller.parse(made.body());
    }

    private static String batch(String file, String endpoint) {
        return "{\"input_file_id\":\""
                + file
                + "\",\"endpoint\":\""
                + endpoint
                + "\",\"completion_window\":\"24h\",\"metadata\":{\"my\":\"note\"}}";
    }

    private String batchOf(String file, String endpoint) throws Exception {
        return one.json("POST", OPENAI + "batches", batch(file, endpoint)).path("id").asText();
    }

    @Test
    void aFileIsUploadedAsAFormAndIsTheSameOnBothPaths() throws Exception {
        var made = upload(CHAT_LINE, "batch");
        String id = made.path("id").asText();
        assertTrue(id.startsWith("files/"), id);
        assertEquals("file", made.path("object").asText());
        assertEquals("in.jsonl", made.path("filename").asText());
        assertEquals("batch", made.path("purpose").asText());
        assertEquals(CHAT_LINE.length(), made.path("bytes").asInt());
        String encoded = id.replace("/", "%2F");
        for (String path : List.of(id, encoded, id.substring(6))) {
            assertEquals(made, one.json("GET", OPENAI + "files/" + path, ""));
            assertEquals(CHAT_LINE, one.get(OPENAI + "files/" + path + "/content").body());
        }
        assertEquals(
                "application/jsonl",
                plain.json("GET", "/v1beta/" + id, "").path("mimeType").asText());
        var deleted = one.json("DELETE", OPENAI + "files/" + encoded, "");
        assertTrue(deleted.path("deleted").asBoolean());
        assertEquals(403, plain.get("/v1beta/" + id).statusCode());
    }

    @Test
    void aFormWithoutAFileIsRefused() throws Exception {
        String field = "--b\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n";
        assertEquals(400, form(field + field + "--b--\r\n").statusCode());
        assertEquals(400, form("nothing").statusCode());
    }

    @Test
    void filesAreListedPageByPageAndByPurpose() throws Exception {
        String first = upload("x", "batch").path("id").asText();
        String second = upload("y", "assistants").path("id").asText();
        var page = one.json("GET", OPENAI + "files?limit=1", "");
        assertEquals(first, page.path("data").path(0).path("id").asText());
        assertEquals(1, page.path("data").size());
        assertTrue(page.path("has_more").asBoolean());
        var rest = one.json("GET", OPENAI + "files?limit=5&after=" + first, "");
        assertEquals(second, rest.path("last_id").asText());
        assertFalse(rest.path("has_more").asBoolean());
        var batch = one.json("GET", OPENAI + "files?purpose=assistants", "");
        assertEquals(1, batch.path("data").size());
        assertEquals(0, two.json("GET", OPENAI + "files", "").path("data").size());
    }

    @Test
    void aBatchOfAFileOfRequestsEndsInAFileOfAnswers() throws Exception {
        String input =
                upload(CHAT_LINE + LINE.replace("MODEL", "gemini-9"), "batch").path("id").asText();
        String id = batchOf(input, "/v1/chat/completions");
        assertTrue(id.startsWith("batches/"), id);
        String path = OPENAI + "batches/" + id.replace("/", "%2F");
        assertEquals("in_progress", one.json("GET", path, "").path("status").asText());
        var done = one.json("GET", path, "");
        assertEquals("completed", done.path("status").asText());
        assertEquals(input, done.path("input_file_id").asText());
        assertEquals("note", done.path("metadata").path("my").asText());
        assertEquals(2, done.path("request_counts").path("total").asInt());
        String output = done.path("output_file_id").asText();
        List<String> lines =
                one.get(OPENAI + "files/" + output + "/content").body().lines().toList();
        var answered = Caller.parse(lines.getFirst());
        assertEquals("a", answered.path("custom_id").asText());
        assertEquals(
                "You said: one",
                answered.path("response").path("body").findValue("content").asText());
        var refused = Caller.parse(lines.getLast()).path("response");
        assertEquals(404, refused.path("status_code").asInt());
        var listed = one.json("GET", OPENAI + "batches", "").path("data");
        assertEquals(done, listed.path(0));
        assertTrue(plain.json("GET", "/v1beta/" + id, "").path("done").asBoolean());
    }

    @Test
    void aBatchOfEmbeddingsAndOneThatIsCancelled() throws Exception {
        String line =
                "{\"custom_id\":\"e\",\"body\":{\"model\":\"gemini-embedding-001\",\"input\":\"x\",\"dimensions\":4}}\n";
        String input = upload(line, "batch").path("id").asText();
        String id = batchOf(input, "/v1/embeddings");
        one.get(OPENAI + "batches/" + id);
        var done = one.json("GET", OPENAI + "batches/" + id, "");
        String output = done.path("output_file_id").asText();
        var answer = Caller.parse(one.get(OPENAI + "files/" + output + "/content").body());
        assertEquals(4, answer.findValue("embedding").size());
        String other = batchOf(input, "/v1/embeddings");
        var cancelled = one.json("POST", OPENAI + "batches/" + other + "/cancel", "");
        assertEquals("cancelled", cancelled.path("status").asText());
        assertEquals(
                400,
                one.post(OPENAI + "batches", "{\"input_file_id\":\"" + input + "\"}").statusCode());
    }

    @Test
    void anotherProjectFindsNeitherFileNorBatch() throws Exception {
        String file = upload(CHAT_LINE, "batch").path("id").asText();
        String batch = batchOf(file, "/v1/chat/completions");
        for (String rest : List.of("", "/content")) {
            var refused = two.get(OPENAI + "files/" + file + rest);
            assertEquals(403, refused.statusCode());
            assertTrue(
                    Caller.parse(refused.body())
                            .path(0)
                            .path("error")
                            .path("message")
                            .asText()
                            .contains("You do not have permission to access the File"),
                    refused::body);
        }
        assertEquals(403, two.send("DELETE", OPENAI + "files/" + file, "").statusCode());
        assertEquals(404, two.get(OPENAI + "batches/" + batch).statusCode());
        assertEquals(404, two.post(OPENAI + "batches/" + batch + "/cancel", "").statusCode());
        String request = batch(file, "/v1/chat/completions");
        assertEquals(404, two.post(OPENAI + "batches", request).statusCode());
        assertEquals(0, two.json("GET", OPENAI + "batches", "").path("data").size());
    }
}
