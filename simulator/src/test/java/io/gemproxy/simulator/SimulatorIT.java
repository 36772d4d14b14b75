package io.gemproxy.simulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.simulator.faults.Gate;
import io.gemproxy.simulator.quota.Quota;
import io.gemproxy.simulator.record.Seen;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The simulator over real sockets. */
class SimulatorIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String HELLO = "{\"contents\":[{\"parts\":[{\"text\":\"hello there\"}]}]}";
    private static final String GENERATE = "/v1beta/models/gemini-2.5-flash:generateContent";
    private static final String STREAM =
            "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse";
    private final Simulator simulator =
            Simulator.builder()
                    .key("k1", "AIza-one", "p1")
                    .key("k2", "AIza-two", "p2")
                    .quota("p2", "gemini-2.5-pro", Quota.perMinute(1))
                    .clock(() -> Instant.parse("2026-11-20T12:00:10Z"))
                    .start();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void stop() {
        client.close();
        simulator.close();
    }

    private HttpResponse<String> post(String path, String key, String body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(simulator.baseUrl() + path))
                        .header("x-goog-api-key", key)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private Socket send(String path) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), simulator.port());
        socket.setSoTimeout(10_000);
        String request =
                "POST "
                        + path
                        + " HTTP/1.1\r\nHost: x\r\nx-goog-api-key: AIza-one\r\nContent-Length: "
                        + HELLO.length()
                        + "\r\n\r\n"
                        + HELLO;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String readUntil(InputStream in, String mark) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(mark) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("ended before the mark");
            }
            text.append((char) next);
        }
        return text.toString();
    }

    @Test
    void unaryAnswerEchoesThePrompt() throws Exception {
        var answer = post(GENERATE, "AIza-one", HELLO);
        assertEquals(200, answer.statusCode());
        assertTrue(answer.body().contains("\"text\": \"You said: hello there\""), answer.body());
        assertTrue(answer.body().endsWith("}\n"));
        Seen seen = simulator.record().getFirst();
        assertEquals("k1", seen.key());
        assertEquals("p1", seen.project());
        assertEquals(HELLO, seen.bodyText());
    }

    @Test
    void streamIsFramedWithCrlfAndHasNoEndMark() throws Exception {
        var answer = post(STREAM, "AIza-one", HELLO);
        assertEquals("text/event-stream", answer.headers().firstValue("content-type").orElse(""));
        String[] events = answer.body().split("\r\n\r\n", -1);
        assertTrue(events.length > 2);
        assertEquals("", events[events.length - 1]);
        for (int i = 0; i < events.length - 1; i++) {
            assertTrue(events[i].startsWith("data: {"));
            assertTrue(events[i].contains("usageMetadata"));
        }
        assertFalse(answer.body().contains("[DONE]"));
    }

    @Test
    void arrayStreamIsOneJsonArray() throws Exception {
        var answer = post(STREAM.replace("?alt=sse", ""), "AIza-one", HELLO);
        assertTrue(answer.body().startsWith("[{"));
        assertTrue(answer.body().contains("}\n,\r\n{"));
        assertTrue(answer.body().endsWith("}\n]"));
    }

    @Test
    void unknownKeyIsInvalidAndUnknownModelIsNotFound() throws Exception {
        var invalid = post(GENERATE, "AIza-other", HELLO);
        assertEquals(400, invalid.statusCode());
        assertTrue(invalid.body().contains("API_KEY_INVALID"));
        var missing = post(STREAM.replace("2.5-flash", "none"), "AIza-one", HELLO);
        assertEquals(404, missing.statusCode());
        assertEquals("text/event-stream", missing.headers().firstValue("content-type").orElse(""));
    }

    @Test
    void twoCredentialsAreRefused() throws Exception {
        var answer = post(GENERATE + "?key=AIza-two", "AIza-one", HELLO);
        assertEquals(400, answer.statusCode());
        assertTrue(answer.body().contains("Multiple authentication credentials received"));
    }

    @Test
    void quotaOfTheProjectAnswers429WithRetryInfo() throws Exception {
        String pro = GENERATE.replace("2.5-flash", "2.5-pro");
        assertEquals(200, post(pro, "AIza-two", HELLO).statusCode());
        var answer = post(pro, "AIza-two", HELLO);
        assertEquals(429, answer.statusCode());
        assertTrue(answer.body().contains("GenerateRequestsPerMinutePerProjectPerModel-FreeTier"));
        assertTrue(answer.body().contains("\"retryDelay\": \"50s\""), answer.body());
    }

    @Test
    void scriptedErrorsHitOnlyTheirKeyAndOnlyAsOftenAsSaid() throws Exception {
        simulator.script(
                "key k2: always 400 API_KEY_INVALID\nkey k1 model gemini-2.5-flash: next 1 503");
        assertEquals(400, post(GENERATE, "AIza-two", HELLO).statusCode());
        assertEquals(503, post(GENERATE, "AIza-one", HELLO).statusCode());
        assertEquals(200, post(GENERATE, "AIza-one", HELLO).statusCode());
    }

    @Test
    void suspendedKeyIsEchoedAsGoogleDoes() throws Exception {
        simulator.script("key k1: 403 suspended");
        assertTrue(post(GENERATE, "AIza-one", HELLO).body().contains("api_key:AIza-one"));
    }

    @Test
    void gateSendsOneEventPerRelease() throws Exception {
        simulator.script("path *:streamGenerateContent: gate s1 and events 3");
        Gate gate = simulator.stream("s1");
        try (Socket socket = send(STREAM)) {
            InputStream in = socket.getInputStream();
            readUntil(in, "\r\n\r\n");
            for (int event = 1; event <= 3; event++) {
                assertTrue(gate.awaitWaiter(SOON));
                assertEquals(0, in.available());
                gate.release();
                assertTrue(readUntil(in, "\r\n\r\n\r\n").contains("data: {"));
            }
            readUntil(in, "0\r\n\r\n");
        }
    }

    @Test
    void leavingClientIsNoticedWhileNothingIsSent() throws Exception {
        simulator.script("path *:streamGenerateContent: stall at event 2");
        Socket socket = send(STREAM);
        readUntil(socket.getInputStream(), "data: {");
        Seen seen = Objects.requireNonNull(simulator.await(s -> true, SOON));
        assertFalse(seen.closed());
        socket.close();
        assertTrue(seen.awaitClosed(SOON));
        assertFalse(Objects.requireNonNull(seen.awaitAnswered(SOON)).complete());
    }

    @Test
    void resetStrikesAtItsByte() throws Exception {
        simulator.script("request 1: reset at byte 5");
        try (Socket socket = send(GENERATE)) {
            InputStream in = socket.getInputStream();
            readUntil(in, "\r\n\r\n");
            assertThrows(SocketException.class, () -> readUntil(in, "never"));
        }
        Seen seen = simulator.record().getFirst();
        assertEquals(5, Objects.requireNonNull(seen.awaitAnswered(SOON)).bodyBytes());
    }

    @Test
    void uploadInTwoChunksMakesAFileOfTheKeysProjectOnly() throws Exception {
        var start =
                client.send(
                        HttpRequest.newBuilder(
                                        URI.create(simulator.baseUrl() + "/upload/v1beta/files"))
                                .header("x-goog-api-key", "AIza-one")
                                .header("X-Goog-Upload-Protocol", "resumable")
                                .header("X-Goog-Upload-Command", "start")
                                .header("X-Goog-Upload-Header-Content-Type", "text/plain")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                "{\"file\":{\"name\":\"files/a\"}}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        URI url = URI.create(start.headers().firstValue("x-goog-upload-url").orElse(""));
        assertEquals(
                "active",
                chunk(url, "upload", 0, "abc")
                        .headers()
                        .firstValue("x-goog-upload-status")
                        .orElse(""));
        chunk(url, "upload", 3, "def");
        var last = chunk(url, "upload, finalize", 6, "");
        assertEquals("final", last.headers().firstValue("x-goog-upload-status").orElse(""));
        assertTrue(last.body().contains("\"sizeBytes\": \"6\""), last.body());
        assertEquals(403, get("/v1beta/files/a", "AIza-two").statusCode());
        assertArrayEquals(
                "abcdef".getBytes(StandardCharsets.UTF_8),
                get("/v1beta/files/a:download?alt=media", "AIza-one").body());
    }

    private HttpResponse<String> chunk(URI url, String command, int offset, String bytes)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(url)
                        .header("X-Goog-Upload-Command", command)
                        .header("X-Goog-Upload-Offset", Integer.toString(offset))
                        .POST(HttpRequest.BodyPublishers.ofString(bytes))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<byte[]> get(String path, String key)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(simulator.baseUrl() + path))
                        .header("x-goog-api-key", key)
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void badScriptLineNamesItsNumberAndWhatIsRight() {
        var wrong =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> simulator.script("all: 503\nkey k1: explode"));
        assertNotNull(wrong.getMessage());
        assertTrue(wrong.getMessage().startsWith("line 2: 'explode'"), wrong.getMessage());
        assertTrue(wrong.getMessage().contains("reset"));
    }
}
