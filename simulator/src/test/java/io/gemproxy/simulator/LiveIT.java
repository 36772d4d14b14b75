package io.gemproxy.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The Live API over a real WebSocket client. */
class LiveIT {
    private static final String PATH =
            "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent";
    private static final String SETUP =
            "{\"setup\":{\"model\":\"models/gemini-3.1-flash-live-preview\"}}";
    private static final String TURN =
            "{\"clientContent\":{\"turns\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}],\"turnComplete\":true}}";
    private final Simulator simulator =
            Simulator.builder().key("k1", "AIza-one", "p1").key("k2", "AIza-two", "p2").start();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Heard heard = new Heard();

    @AfterEach
    void stop() {
        simulator.close();
        client.shutdownNow();
        client.close();
    }

    /** Everything the server says, in order; a close is "code reason". */
    private static final class Heard implements WebSocket.Listener {
        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final ByteArrayOutputStream partial = new ByteArrayOutputStream();

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            while (data.hasRemaining()) {
                partial.write(data.get());
            }
            if (last) {
                messages.add(partial.toString(StandardCharsets.UTF_8));
                partial.reset();
            }
            socket.request(1);
            return java.util.concurrent.CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            messages.add(code + " " + reason);
            return java.util.concurrent.CompletableFuture.completedStage(null);
        }

        String text() throws InterruptedException {
            return java.util.Objects.requireNonNull(messages.poll(10, TimeUnit.SECONDS));
        }

        JsonNode next() throws Exception {
            return Caller.parse(text());
        }
    }

    private WebSocket open(String path) {
        return client.newWebSocketBuilder()
                .buildAsync(URI.create(simulator.baseUrl().replace("http", "ws") + path), heard)
                .join();
    }

    private void say(WebSocket socket, String message) {
        socket.sendText(message, true).join();
    }

    @Test
    void turnIsAnsweredWithUsage() throws Exception {
        WebSocket socket = open(PATH + "?key=AIza-one");
        say(socket, SETUP);
        assertTrue(heard.next().has("setupComplete"));
        say(socket, TURN);
        assertEquals("You said: hi", heard.next().findValue("text").asText());
        assertTrue(heard.next().path("serverContent").path("generationComplete").asBoolean());
        JsonNode last = heard.next();
        assertTrue(last.path("serverContent").path("turnComplete").asBoolean());
        assertEquals(3, last.path("usageMetadata").path("responseTokenCount").asInt());
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        assertEquals("1000 ", heard.text());
    }

    @Test
    void firstMessageMustBeSetupOfAKnownModel() throws Exception {
        say(open("/" + PATH + "?key=AIza-one"), TURN);
        assertTrue(heard.text().startsWith("1007 setup must be"));
        say(open(PATH + "?key=AIza-one"), SETUP.replace("gemini-3.1", "none"));
        assertTrue(heard.text().startsWith("1008 models/none"));
    }

    @Test
    void handleIsTakenBackByItsProjectOnly() throws Exception {
        WebSocket socket = open(PATH + "?key=AIza-one");
        say(socket, SETUP.replace("}}", ",\"sessionResumption\":{}}}"));
        assertTrue(heard.next().has("setupComplete"));
        String handle = heard.next().findValue("newHandle").asText();
        String again =
                SETUP.replace("}}", ",\"sessionResumption\":{\"handle\":\"" + handle + "\"}}}");
        say(open(PATH + "?key=AIza-two"), again);
        assertTrue(heard.text().startsWith("1007 "));
        say(open(PATH + "?key=AIza-one"), again);
        assertTrue(heard.next().has("setupComplete"));
    }

    @Test
    void tokenIsGoodForOneSession() throws Exception {
        String token =
                Caller.of(client, simulator, "AIza-one")
                        .json("POST", "/v1alpha/auth_tokens", "{}")
                        .path("name")
                        .asText();
        String path = PATH.replace("v1beta", "v1alpha") + "Constrained?access_token=" + token;
        say(open(path), SETUP);
        assertTrue(heard.next().has("setupComplete"));
        assertThrows(CompletionException.class, () -> open(path));
        assertThrows(CompletionException.class, () -> open(PATH + "?key=AIza-other"));
    }
}
