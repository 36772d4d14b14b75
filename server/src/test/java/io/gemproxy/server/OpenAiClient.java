package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A client of the OpenAI-compatible paths with a token of its own. */
record OpenAiClient(ServerFixture fixture, String subject) {
    private static final String OPENAI = "/v1beta/openai/";
    private static final String LINE =
            "{\"custom_id\":\"1\",\"url\":\"/v1/chat/completions\",\"body\":{\"model\":\"gemini-2.5-flash\",MORE\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}}\n";

    /** A line of a batch's input that names nothing. */
    static final String PLAIN = LINE.replace("MORE", "");

    /** A line that names a cache. */
    static String naming(String cache) {
        return LINE.replace(
                "MORE", "\"extra_body\":{\"google\":{\"cached_content\":\"" + cache + "\"}},");
    }

    /** A call of a path behind {@code /openai/}. */
    Wire.Reply call(String method, String rest, String body, String... more) throws IOException {
        return anywhere(method, OPENAI + rest, "Authorization: Bearer ", body, more);
    }

    /** A call of the native API. */
    Wire.Reply natively(String method, String rest, String body) throws IOException {
        return anywhere(method, "/v1beta/" + rest, "x-goog-api-key: ", body);
    }

    private Wire.Reply anywhere(
            String method, String target, String credential, String body, String... more)
            throws IOException {
        List<String> fields = new ArrayList<>(List.of(credential + ServerFixture.token(subject)));
        fields.addAll(List.of(more));
        return fixture.bare(method, target, body.getBytes(StandardCharsets.UTF_8), fields);
    }

    /** Uploads that content as a form; the id of the file. */
    String upload(String content) throws IOException {
        String form =
                "--b\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n"
                        + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"in.jsonl\"\r\n"
                        + "Content-Type: application/octet-stream\r\n\r\n"
                        + content
                        + "\r\n--b--\r\n";
        return made(call("POST", "files", form, "Content-Type: multipart/form-data; boundary=b"));
    }

    /** The answer to making a batch of that file. */
    Wire.Reply batchOf(String file) throws IOException {
        return call(
                "POST",
                "batches",
                "{\"input_file_id\":\""
                        + file
                        + "\",\"endpoint\":\"/v1/chat/completions\",\"completion_window\":\"24h\"}");
    }

    /** Makes something of that collection, {@code files} or {@code batches}; its id. */
    String make(String collection) throws IOException {
        String file = upload(PLAIN);
        return collection.equals("files") ? file : made(batchOf(file));
    }

    /** Makes a tuned model; its name. */
    String tune() throws IOException {
        Wire.Reply made =
                natively(
                        "POST",
                        "tunedModels",
                        "{\"baseModel\":\"models/gemini-2.5-flash\",\"tuningTask\":{\"trainingData\":{}}}");
        assertEquals(200, made.status(), made::text);
        return ServerFixture.json(made).at("/metadata/tunedModel").asText();
    }

    private static String made(Wire.Reply reply) throws IOException {
        assertEquals(200, reply.status(), reply::text);
        return ServerFixture.json(reply).path("id").asText();
    }

    /** All ids of a list, page by page. */
    Set<String> listed(String collection, int limit) throws IOException {
        Set<String> ids = new TreeSet<>();
        String after = "";
        JsonNode page;
        do {
            page = ServerFixture.json(call("GET", collection + "?limit=" + limit + after, ""));
            for (JsonNode item : page.path("data")) {
                ids.add(item.path("id").asText());
                after = "&after=" + item.path("id").asText().replace("/", "%2F");
            }
        } while (page.path("has_more").asBoolean());
        return ids;
    }
}
