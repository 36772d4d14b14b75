package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client that uploads, with a token of its own. */
record UploadingClient(ServerFixture server, String token) {
    Wire.Reply ask(String method, String target, String body, String... more) throws Exception {
        return send(method, target, body.getBytes(StandardCharsets.UTF_8), more);
    }

    Wire.Reply send(String method, String target, byte[] body, String... more) throws Exception {
        List<String> fields = new ArrayList<>(List.of("x-goog-api-key: " + token));
        fields.addAll(List.of(more));
        return server.bare(method, target, body, fields);
    }

    String begin(String target, String type, long length) throws Exception {
        Wire.Reply start =
                ask(
                        "POST",
                        target,
                        "{}",
                        "X-Goog-Upload-Protocol: resumable",
                        "X-Goog-Upload-Command: start",
                        "X-Goog-Upload-Header-Content-Length: " + length,
                        "X-Goog-Upload-Header-Content-Type: " + type);
        String address = start.field("x-goog-upload-url").orElse("");
        assertFalse(address.isEmpty(), start::everything);
        return address.substring(address.indexOf("/upload/"));
    }

    Wire.Reply piece(String address, int offset, String content, String command) throws Exception {
        return ask(
                "POST",
                address,
                content,
                "X-Goog-Upload-Command: " + command,
                "X-Goog-Upload-Offset: " + offset);
    }

    /** In two pieces, cut inside a line. */
    String upload(String type, String content) throws Exception {
        String address = begin("/upload/v1beta/files", type, content.length());
        int cut = content.length() / 3;
        piece(address, 0, content.substring(0, cut), "upload");
        Wire.Reply last = piece(address, cut, content.substring(cut), "upload, finalize");
        return ServerFixture.json(last).at("/file/name").asText();
    }

    String uploadForm(String content) throws Exception {
        String form =
                "--b\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n"
                        + "--b\r\nContent-Disposition: form-data; name=\"file\";"
                        + " filename=\"in.jsonl\"\r\n\r\n"
                        + content
                        + "\r\n--b--\r\n";
        Wire.Reply made =
                ask(
                        "POST",
                        "/v1beta/openai/files",
                        form,
                        "Content-Type: multipart/form-data; boundary=b");
        return ServerFixture.json(made).path("id").asText();
    }

    Wire.Reply openAiBatch(String file) throws Exception {
        return ask(
                "POST",
                "/v1beta/openai/batches",
                "{\"input_file_id\":\""
                        + file
                        + "\",\"endpoint\":\"/v1/chat/completions\","
                        + "\"completion_window\":\"24h\"}");
    }
}
