package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.simulator.record.Capture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Files of one JSON object a line: what batches read and write. */
final class JsonLines {
    private static final int KEPT = 64 << 20;
    private final Resources resources;

    JsonLines(Resources resources) {
        this.resources = resources;
    }

    /** The lines of a file; not found when it is another project's. */
    List<JsonNode> read(String file, String project) throws ApiException {
        Resources.Owned owned = resources.get(file, project);
        if (owned == null || owned.content() == null) {
            throw Errors.notFound();
        }
        String text = new String(owned.content().kept(), StandardCharsets.UTF_8);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : text.lines().filter(one -> !one.isBlank()).toList()) {
            try {
                lines.add(Json.parse(line.getBytes(StandardCharsets.UTF_8)));
            } catch (IOException notJson) {
                throw Errors.of(400, "Line " + (lines.size() + 1) + " of the file is not JSON.");
            }
        }
        return lines;
    }

    /** A new file of the project's. */
    String write(List<ObjectNode> lines, String project) {
        Capture all = new Capture(KEPT);
        for (ObjectNode line : lines) {
            byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
            all.bytes(bytes, 0, bytes.length);
        }
        ObjectNode given = Json.object().put("name", "files/batch-" + resources.freshId());
        Resources.Content content =
                new Resources.Content(all.bytes(), all.length(), all.sha256Hex());
        return Files.create(resources, project, content, given, "application/jsonl", Uploads.GOOGLE)
                .path("name")
                .asText();
    }
}
