package io.gemproxy.server;

import static io.gemproxy.server.ServerFixture.FLASH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.simulator.record.Seen;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Resumable uploads, files and their projects, and addresses that answers point to. */
class ProxyUploadIT {
    private static final String START = "/upload/v1beta/files";
    private static final String META = "{\"file\":{\"displayName\":\"a\"}}";
    private static final byte[] DATA = "some text".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theUploadAddressIsOursAndItsIdIsTheCredentialOfItsChunks(boolean tls) throws Exception {
        try (ServerFixture fixture = server(tls)) {
            String address = started(fixture);
            String origin = (tls ? "https" : "http") + "://127.0.0.1:" + fixture.server.proxyPort();
            assertTrue(address.startsWith(origin + START + "?"), address);
            Wire.Reply first = chunk(fixture, address, "upload", 0, "some ");
            assertEquals("active", first.field("x-goog-upload-status").orElseThrow());
            Wire.Reply query = chunk(fixture, address, "query", 0, "");
            assertEquals("5", query.field("x-goog-upload-size-received").orElseThrow());
            Wire.Reply last = chunk(fixture, address, "upload, finalize", 5, "text");
            assertEquals("final", last.field("x-goog-upload-status").orElseThrow());
            assertEquals("9", ServerFixture.json(last).at("/file/sizeBytes").asText());
            assertEquals(Set.of("alpha"), new HashSet<>(fixture.keysSeen()));
            assertEquals("tester", fixture.auditOf(last).path("actor").asText());
            Wire.Reply again = chunk(fixture, address, "upload, finalize", 5, "text");
            assertEquals(last.text(), again.text(), "a last chunk whose answer was lost");
            fixture.advance(Duration.ofMinutes(11));
            assertEquals(401, chunk(fixture, address, "query", 0, "").status());
        }
    }

    private static ServerFixture server(boolean tls) throws Exception {
        return tls ? ServerFixture.with().tls().start() : ServerFixture.usual();
    }

    @Test
    void theIdCannotBeGuessedAndGooglesOwnIsNotShown() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            Set<String> ids = new HashSet<>();
            for (int i = 0; i < 20; i++) {
                String id = started(fixture).replaceAll(".*upload_id=([^&]*).*", "$1");
                assertTrue(id.matches("[A-Za-z0-9_-]{32}"), id);
                assertTrue(ids.add(id));
                assertFalse(id.startsWith("upload-"));
            }
        }
    }

    @Test
    void anUnknownIdIsNobodysCredentialAndNamesNoUpload() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            String unknown = START + "?upload_id=" + "A".repeat(32) + "&upload_protocol=resumable";
            assertEquals(401, fixture.bare("POST", unknown, DATA, List.of()).status());
            Wire.Reply known = fixture.call("POST", unknown, DATA);
            assertEquals(404, known.status(), known::text);
            String googles = START + "?upload_id=upload-1&upload_protocol=resumable";
            assertEquals(404, fixture.call("POST", googles, DATA).status());
            assertEquals(0, fixture.simulator.requests());
        }
    }

    @Test
    void anotherClientsCredentialDoesNotContinueAnUpload() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            String target = target(started(fixture));
            Wire.Reply other =
                    fixture.bare(
                            "POST",
                            target,
                            DATA,
                            List.of(
                                    "x-goog-api-key: " + ServerFixture.token("mallory"),
                                    "X-Goog-Upload-Command: upload, finalize"));
            assertEquals(404, other.status());
            assertTrue(other.text().contains("UPLOAD_UNKNOWN"), other::text);
            Wire.Reply bad =
                    fixture.bare("POST", target, DATA, List.of("x-goog-api-key: nonsense"));
            assertEquals(401, bad.status());
            assertEquals(1, fixture.simulator.requests());
        }
    }

    @Test
    void aFileIsUsableAtOnceWithThreeProjectsInThePool() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            for (int i = 0; i < 100; i++) {
                String name = uploaded(fixture);
                assertEquals(200, fixture.get("/v1beta/" + name).status());
                Wire.Reply answer = fixture.post(FLASH + ":generateContent", asking(name));
                assertEquals(200, answer.status(), answer::text);
                assertTrue(answer.text().contains("I read " + name), answer::text);
            }
            Set<String> projects = new HashSet<>();
            fixture.simulator.record().stream().map(Seen::project).forEach(projects::add);
            assertEquals(1, projects.size(), "a client has one home: " + projects);
        }
    }

    @Test
    void cachesBatchesAndLongRunningWorkStayWithTheirProject() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            String cached =
                    "{\"model\":\"models/gemini-2.5-flash\",\"contents\":[{\"parts\":[{\"text\":\"x\"}]}]}";
            for (int i = 0; i < 9; i++) {
                String cache =
                        ServerFixture.json(fixture.post("/v1beta/cachedContents", cached))
                                .path("name")
                                .asText();
                assertEquals(200, fixture.get("/v1beta/" + cache).status());
                Wire.Reply video =
                        fixture.post(
                                "/v1beta/models/veo-3.1-generate-preview:predictLongRunning",
                                "{\"instances\":[{\"prompt\":\"a cat\"}]}");
                String work = ServerFixture.json(video).path("name").asText();
                assertEquals(200, fixture.get("/v1beta/" + work).status(), video::text);
                fixture.post(FLASH + ":generateContent", ProxyFailoverIT.HELLO);
            }
        }
    }

    @Test
    void filesOfTwoProjectsCannotBeUsedTogetherAndTheAnswerSaysSo() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            String one = uploaded(fixture);
            String home = fixture.simulator.record().getFirst().key();
            fixture.simulator.script("key " + home + ": always 429 perminute retry 30s");
            String two = uploaded(fixture);
            assertNotEquals(one, two);
            fixture.simulator.clearScript();
            fixture.advance(Duration.ofSeconds(31));
            Wire.Reply both = fixture.post(FLASH + ":generateContent", asking(one, two));
            assertEquals(400, both.status(), both::text);
            assertTrue(both.text().contains("RESOURCES_OF_TWO_PROJECTS"));
            assertTrue(
                    both.text().contains("project A holds " + one + "; project B holds " + two),
                    both::text);
        }
    }

    @Test
    void aDownloadsRedirectLeadsBackToUs() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            fixture.simulator.script("all: always redirect");
            Wire.Reply redirect = fixture.get("/v1beta/files/huge-5000:download?alt=media");
            assertEquals(302, redirect.status());
            String location = redirect.field("location").orElseThrow();
            String origin = "http://127.0.0.1:" + fixture.server.proxyPort();
            assertTrue(location.startsWith(origin + "/download/"), location);
            Wire.Reply file = fixture.get(location.substring(origin.length()));
            assertEquals(200, file.status());
            assertEquals(5000, file.body().length);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example/upload/v1beta/files?upload_id=x",
                "https://127.0.0.1/upload/v1beta/files?upload_id=x",
                "http://user@SELF/upload/v1beta/files?upload_id=x",
                "http://SELF.evil.example/upload/v1beta/files?upload_id=x",
                "http://SELF/v1beta/files?upload_id=x",
                "//evil.example/upload/v1beta/files",
                "not an address"
            })
    void anUploadAddressElsewhereIsNeverShown(String template) throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            String address = template.replace("SELF", "127.0.0.1:" + fixture.simulator.port());
            Wire.Reply reply = answered(fixture, "200 OK", "X-Goog-Upload-URL: " + address);
            assertEquals(502, reply.status(), reply::everything);
            assertFalse(reply.everything().contains("evil"));
            assertTrue(reply.field("x-goog-upload-url").isEmpty());
            Wire.Reply error = answered(fixture, "404 Not Found", "X-Goog-Upload-URL: " + address);
            assertTrue(error.field("x-goog-upload-url").isEmpty(), error::everything);
            assertFalse(error.everything().contains("evil"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example/download/v1beta/files/a",
                "//evil.example/x",
                "https://SELF/download/x",
                "http://user:pw@SELF/download/x",
                "javascript:alert(1)",
                "data:text/html,x"
            })
    void aRedirectElsewhereIsNeverShown(String template) throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            String address = template.replace("SELF", "127.0.0.1:" + fixture.simulator.port());
            for (String status : List.of("302 Found", "307 Temporary Redirect", "201 Created")) {
                Wire.Reply reply = answered(fixture, status, "Location: " + address);
                assertTrue(reply.field("location").isEmpty(), reply::everything);
                assertFalse(reply.everything().contains("evil"), reply::everything);
                assertEquals(502, reply.status(), status);
            }
            Wire.Reply error = answered(fixture, "403 Forbidden", "Location: " + address);
            assertTrue(error.field("location").isEmpty(), error::everything);
        }
    }

    /** What the client gets when Google's answer is this. */
    private static Wire.Reply answered(ServerFixture fixture, String status, String field)
            throws Exception {
        String answer = "HTTP/1.1 " + status + "\r\nContent-Length: 2\r\n" + field + "\r\n\r\n{}";
        fixture.simulator.raw("crafted", answer.getBytes(StandardCharsets.ISO_8859_1));
        var rules = fixture.simulator.script("all: always raw crafted");
        Wire.Reply reply = fixture.post(START, META);
        fixture.simulator.forget(rules);
        return reply;
    }

    private static String started(ServerFixture fixture) throws Exception {
        Wire.Reply reply =
                fixture.post(
                        START,
                        META,
                        "X-Goog-Upload-Protocol: resumable",
                        "X-Goog-Upload-Command: start",
                        "X-Goog-Upload-Header-Content-Type: text/plain");
        assertEquals(200, reply.status(), reply::text);
        return reply.field("x-goog-upload-url").orElseThrow();
    }

    /** Without any credential, as several SDKs do. */
    private static Wire.Reply chunk(
            ServerFixture fixture, String address, String command, int offset, String data)
            throws Exception {
        List<String> fields = new ArrayList<>();
        fields.add("X-Goog-Upload-Command: " + command);
        fields.add("X-Goog-Upload-Offset: " + offset);
        return fixture.bare("POST", target(address), data.getBytes(StandardCharsets.UTF_8), fields);
    }

    private static String uploaded(ServerFixture fixture) throws Exception {
        Wire.Reply last = chunk(fixture, started(fixture), "upload, finalize", 0, "some text");
        return ServerFixture.json(last).at("/file/name").asText();
    }

    private static String target(String address) {
        return address.replaceFirst("https?://[^/]*", "");
    }

    private static String asking(String... files) {
        StringBuilder parts = new StringBuilder("{\"text\":\"read\"}");
        for (String file : files) {
            parts.append(
                            ",{\"fileData\":{\"fileUri\":\"https://generativelanguage.googleapis.com/v1beta/")
                    .append(file)
                    .append("\",\"mimeType\":\"text/plain\"}}");
        }
        return "{\"contents\":[{\"parts\":[" + parts + "]}]}";
    }
}
