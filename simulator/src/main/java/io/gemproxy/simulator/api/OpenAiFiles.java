package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.simulator.http.Answer;
import io.gemproxy.simulator.record.Capture;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** openai/files: the native files in OpenAI's words, and their upload as a form. */
final class OpenAiFiles {
    private static final int KEPT = 8 << 20;
    private static final String UNSAID = "user_data";
    private final Resources resources;
    private final Files files;
    private final Map<String, String> purposes = new ConcurrentHashMap<>();

    OpenAiFiles(Resources resources, Files files) {
        this.resources = resources;
        this.files = files;
    }

    /**
     * Answers.
     *
     * @param below what follows "files/" in the path, empty for the collection
     */
    Answer answer(Call call, String below) throws IOException, ApiException {
        if (below.isEmpty()) {
            return call.is("POST", "") ? create(call) : list(call);
        }
        boolean content = below.endsWith("/content");
        String id = content ? below.substring(0, below.length() - "/content".length()) : below;
        String name = OpenAiIds.name("files", id);
        if (content) {
            return files.answer(call.at(name, "download"));
        }
        if (call.is("DELETE", "")) {
            files.answer(call.at(name, ""));
            purposes.remove(name);
            return Call.ok(
                    Json.object().put("id", name).put("object", "file").put("deleted", true));
        }
        return Call.ok(described(files.own(call.at(name, "")).json()));
    }

    private Answer create(Call call) throws IOException, ApiException {
        Multipart.Part file = null;
        String purpose = "";
        for (Multipart.Part part : Multipart.of(call.exchange())) {
            switch (part.disposition("name")) {
                case "file" -> file = part;
                case "purpose" -> purpose = part.text();
                default -> {}
            }
        }
        if (file == null || purpose.isEmpty()) {
            throw Errors.of(400, "file and purpose are required.");
        }
        byte[] bytes = file.bytes();
        Capture received = new Capture(KEPT);
        received.bytes(bytes, 0, bytes.length);
        ObjectNode made =
                Files.create(
                        resources,
                        call.project(),
                        new Resources.Content(
                                received.bytes(), received.length(), received.sha256Hex()),
                        Json.object().put("displayName", file.disposition("filename")),
                        file.type(),
                        Uploads.GOOGLE);
        purposes.put(made.path("name").asText(), purpose);
        return Call.ok(described(made));
    }

    private Answer list(Call call) throws ApiException {
        String purpose = call.parameter("purpose");
        List<ObjectNode> wanted =
                resources.all(call.project(), "files/").stream()
                        .map(this::described)
                        .filter(file ->
                                purpose == null || file.path("purpose").asText().equals(purpose))
                        .toList();
        return Call.ok(OpenAiIds.page(call, wanted));
    }

    private ObjectNode described(ObjectNode file) {
        String name = file.path("name").asText();
        ObjectNode told = Json.object().put("id", name).put("object", "file");
        told.put("bytes", file.path("sizeBytes").asLong());
        told.put("created_at", OpenAiIds.seconds(file.path("createTime").asText()));
        told.put("expires_at", OpenAiIds.seconds(file.path("expirationTime").asText()));
        told.put("filename", file.path("displayName").asText());
        return told.put("purpose", purposes.getOrDefault(name, UNSAID)).put("status", "processed");
    }
}
