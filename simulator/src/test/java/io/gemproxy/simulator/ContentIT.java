package io.gemproxy.simulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes in and out: compression, caches, functions, files large and small. */
class ContentIT {
    private static final int LARGE = 64 << 20;
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

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(simulator.baseUrl() + path))
                .header("x-goog-api-key", "AIza-one");
    }

    private HttpResponse<byte[]> zipped() throws Exception {
        return client.send(
                to(Wire.GENERATE)
                        .header("Accept-Encoding", "gzip")
                        .POST(HttpRequest.BodyPublishers.ofString(Wire.HELLO))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void answerIsCompressedWhenOfferedUnlessScripted() throws Exception {
        var answer = zipped();
        assertEquals("gzip", answer.headers().firstValue("content-encoding").orElse(""));
        var plain = new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes();
        assertEquals(
                one.post(Wire.GENERATE, Wire.HELLO).body(),
                new String(plain, StandardCharsets.UTF_8));
        simulator.script("all: no-gzip");
        assertArrayEquals(plain, zipped().body());
    }

    @Test
    void cacheIsUsedExtendedAndItsProjectsOwn() throws Exception {
        JsonNode cache =
                one.json(
                        "POST",
                        "/v1beta/cachedContents",
                        "{\"model\":\"models/gemini-2.5-flash\",\"ttl\":\"60s\"}");
        String name = cache.path("name").asText();
        String use =
                Wire.HELLO.replace("{\"contents", "{\"cachedContent\":\"" + name + "\",\"contents");
        JsonNode answer = one.json("POST", Wire.GENERATE, use);
        assertEquals(1024, answer.path("usageMetadata").path("cachedContentTokenCount").asInt());
        assertTrue(answer.findValue("text").asText().endsWith(" I remember " + name + "."));
        var foreign = two.post(Wire.GENERATE, use);
        assertEquals(403, foreign.statusCode());
        assertTrue(foreign.body().contains("CachedContent not found (or permission denied)"));
        assertEquals(403, two.get("/v1beta/" + name).statusCode());
        var longer =
                one.json("PATCH", "/v1beta/" + name, "{\"expireTime\":\"2030-01-01T00:00:00Z\"}");
        assertEquals("2030-01-01T00:00:00Z", longer.path("expireTime").asText());
        one.json("DELETE", "/v1beta/" + name, "");
        assertEquals(403, one.get("/v1beta/" + name).statusCode());
    }

    @Test
    void functionIsCalledAndItsResultRead() throws Exception {
        String tools =
                "\"tools\":[{\"functionDeclarations\":[{\"name\":\"look\",\"parameters\":{\"type\":\"OBJECT\",\"properties\":{\"place\":{\"type\":\"STRING\"},\"days\":{\"type\":\"INTEGER\"}}}}]}],";
        JsonNode answer =
                one.json(
                        "POST",
                        Wire.GENERATE,
                        Wire.HELLO.replace("{\"contents", "{" + tools + "\"contents"));
        JsonNode call = answer.findValue("functionCall");
        assertEquals("look", call.path("name").asText());
        assertEquals("hello there", call.path("args").path("place").asText());
        assertEquals(1, call.path("args").path("days").asInt());
        assertTrue(answer.findValue("thoughtSignature").isTextual());
        JsonNode result =
                one.json(
                        "POST",
                        Wire.GENERATE,
                        "{"
                                + tools
                                + "\"contents\":[{\"parts\":[{\"functionResponse\":{\"name\":\"look\",\"response\":{\"sky\":\"blue\"}}}]}]}");
        assertEquals(
                "The function look returned {\"sky\":\"blue\"}.",
                result.findValue("text").asText());
    }

    @Test
    void multipartUploadMakesAFile() throws Exception {
        String body =
                String.join(
                        "\r\n",
                        "--b",
                        "Content-Type: application/json",
                        "",
                        "{\"file\":{\"name\":\"files/m\"}}",
                        "--b",
                        "Content-Type: text/plain",
                        "",
                        "line",
                        "line",
                        "--b--",
                        "");
        var answer =
                client.send(
                        to("/upload/v1beta/files?uploadType=multipart")
                                .header("Content-Type", "multipart/related; boundary=b")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals("line\r\nline", one.get("/v1beta/files/m:download?alt=media").body());
    }

    @Test
    void scriptedDownloadRedirectsAndIsFoundThere() throws Exception {
        simulator.script("path *:download: redirect");
        var moved = one.get("/v1beta/files/huge-10:download?alt=media");
        assertEquals(302, moved.statusCode());
        URI to = URI.create(moved.headers().firstValue("location").orElse(""));
        assertEquals("/download/v1beta/files/huge-10:download", to.getPath());
        assertEquals(10, one.get(to.getPath() + "?alt=media").body().length());
    }

    @Test
    void largeDownloadIsWhole() throws Exception {
        var answer =
                client.send(
                        to("/v1beta/files/huge-" + LARGE + ":download?alt=media").build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        assertEquals(
                Integer.toString(LARGE), answer.headers().firstValue("content-length").orElse(""));
        long total = 0;
        byte[] block = new byte[64 * 1024];
        try (InputStream in = answer.body()) {
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                for (int i = 0; i < count; i++) {
                    if ((block[i] & 0xff) != (total + i) % 251) {
                        throw new AssertionError("wrong byte at " + (total + i));
                    }
                }
                total += count;
            }
        }
        assertEquals(LARGE, total);
    }

    @Test
    void largeUploadIsCountedAndHashed() throws Exception {
        byte[] bytes = new byte[LARGE];
        Arrays.fill(bytes, (byte) 7);
        var start =
                client.send(
                        to("/upload/v1beta/files")
                                .header("X-Goog-Upload-Protocol", "resumable")
                                .header("X-Goog-Upload-Command", "start")
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        var done =
                client.send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                start.headers()
                                                        .firstValue("x-goog-upload-url")
                                                        .orElse("")))
                                .header("X-Goog-Upload-Command", "upload, finalize")
                                .header("X-Goog-Upload-Offset", "0")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertEquals(
                Integer.toString(LARGE),
                Caller.parse(done.body()).path("file").path("sizeBytes").asText());
        String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        assertEquals(hash, simulator.record().getLast().bodySha256());
        assertEquals(LARGE, simulator.record().getLast().bodyLength());
    }
}
