package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Clients with an instruction each, whose conversations grow turn by turn, all mixed. */
final class Tenants {
    private static final int TENANTS = 3;
    private static final int CONVERSATIONS = 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServerFixture server;
    private final boolean sessions;
    private final Random order = new Random(7);
    private final List<Conversation> conversations = new ArrayList<>();

    /** What the answers stated. */
    private long prompt;

    private long cached;

    /**
     * @param sessions whether the clients name a session for each conversation
     */
    Tenants(ServerFixture server, boolean sessions) {
        this.server = server;
        this.sessions = sessions;
        for (int tenant = 0; tenant < TENANTS; tenant++) {
            String token = ServerFixture.token(name(tenant));
            for (int i = 0; i < CONVERSATIONS; i++) {
                conversations.add(new Conversation(tenant, i, token));
            }
        }
    }

    static String name(int tenant) {
        return "tenant-" + tenant;
    }

    long cached() {
        return cached;
    }

    /** The share of input tokens that came from a cache. */
    double share() {
        return cached / (double) prompt;
    }

    /** Each conversation takes so many turns, in an order that looks random. */
    Tenants talk(int turns) throws IOException {
        for (int turn = 0; turn < turns; turn++) {
            List<Conversation> mixed = new ArrayList<>(conversations);
            Collections.shuffle(mixed, order);
            for (Conversation conversation : mixed) {
                conversation.say(turn);
            }
        }
        return this;
    }

    /** One conversation. */
    private final class Conversation {
        private final String id;
        private final String token;
        private final ObjectNode request = JSON.createObjectNode();
        private final ArrayNode contents = request.putArray("contents");

        Conversation(int tenant, int number, String token) {
            this.id = name(tenant) + "/" + number;
            this.token = token;
            parts(request.putObject("systemInstruction"), ("rule " + tenant + " ").repeat(1_500));
        }

        void say(int turn) throws IOException {
            content("user", ("turn " + turn + " of " + id + " ").repeat(60));
            JsonNode answer = ServerFixture.json(post(request.toString()));
            JsonNode usage = answer.path("usageMetadata");
            prompt += usage.path("promptTokenCount").asLong();
            cached += usage.path("cachedContentTokenCount").asLong();
            content(
                    "model",
                    answer.path("candidates")
                            .path(0)
                            .path("content")
                            .path("parts")
                            .path(0)
                            .path("text")
                            .asText());
        }

        private void content(String role, String text) {
            parts(contents.addObject().put("role", role), text);
        }

        private static void parts(ObjectNode content, String text) {
            content.putArray("parts").addObject().put("text", text);
        }

        private Wire.Reply post(String body) throws IOException {
            List<String> fields = new ArrayList<>(List.of("x-goog-api-key: " + token));
            if (sessions) {
                fields.add("x-gemproxy-session: " + id);
            }
            Wire.Reply reply =
                    server.bare(
                            "POST",
                            ServerFixture.FLASH + ":generateContent",
                            body.getBytes(StandardCharsets.UTF_8),
                            fields);
            assertEquals(200, reply.status());
            return reply;
        }
    }
}
