package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.simulator.http.Answer;
import io.gemproxy.simulator.record.Capture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** predict, predictLongRunning, and its operations: done at the second look. */
final class Operations {
    private static final String TYPE =
            "type.googleapis.com/google.ai.generativelanguage.v1beta.PredictLongRunning";
    private final Resources resources;

    Operations(Resources resources) {
        this.resources = resources;
    }

    /** Images that are a few fixed bytes. */
    Answer predict(Call call) throws IOException, ApiException {
        ObjectNode request = call.json();
        ObjectNode answer = Json.object();
        ArrayNode predictions = answer.putArray("predictions");
        int count = Json.child(request, "parameters").path("sampleCount").asInt(1);
        for (int i = 0; i < Math.min(count, 4); i++) {
            predictions
                    .addObject()
                    .put("mimeType", "image/png")
                    .put("bytesBase64Encoded", Base64.getEncoder().encodeToString(image()));
        }
        return Call.ok(answer);
    }

    private static byte[] image() {
        return "\u0089PNG\r\n\u001a\nsimulated".getBytes(StandardCharsets.ISO_8859_1);
    }

    Answer start(Call call, String model) throws IOException, ApiException {
        if (call.json().path("instances").isEmpty()) {
            throw Errors.of(400, "* PredictLongRunningRequest.instances: is empty\n");
        }
        String name = "models/" + model + "/operations/" + resources.freshId();
        resources.put(name, call.project(), Json.object().put("name", name));
        return Call.ok(Json.object().put("name", name));
    }

    /** The operation as it is, and done from the next look on. */
    Answer look(Call call) throws ApiException {
        Resources.Owned owned = resources.own(call);
        if (!call.method().equals("GET")) {
            throw Errors.notFound();
        }
        ObjectNode next = owned.json().deepCopy();
        if (!next.has("metadata")) {
            next.putObject("metadata").put("@type", TYPE + "Metadata");
        } else if (!next.has("done")) {
            next.put("done", true);
            ObjectNode response = next.putObject("response").put("@type", TYPE + "Response");
            response.putObject("generateVideoResponse")
                    .putArray("generatedSamples")
                    .addObject()
                    .putObject("video")
                    .put("uri", video(call));
        }
        resources.put(call.resource(), owned.with(next));
        return Call.ok(next);
    }

    private String video(Call call) {
        byte[] bytes = "simulated video".getBytes(StandardCharsets.US_ASCII);
        Capture all = new Capture(bytes.length);
        all.bytes(bytes, 0, bytes.length);
        Resources.Content content =
                new Resources.Content(all.bytes(), all.length(), all.sha256Hex());
        ObjectNode file =
                Files.create(
                        resources,
                        call.project(),
                        content,
                        Json.object(),
                        "video/mp4",
                        Uploads.GOOGLE);
        return file.path("uri").asText() + ":download?alt=media";
    }
}
