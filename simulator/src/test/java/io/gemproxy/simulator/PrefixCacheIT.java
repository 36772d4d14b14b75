package io.gemproxy.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The implicit cache of each project, as usage metadata tells of it. */
class PrefixCacheIT {
    /** 2,500 tokens of four characters. */
    private static final String INSTRUCTION = "rule ".repeat(2_000);

    private Instant now = Instant.parse("2026-11-02T10:00:00Z");
    private final Simulator simulator =
            Simulator.builder()
                    .key("k1", "AIza-one", "p1")
                    .key("k2", "AIza-two", "p2")
                    .clock(() -> now)
                    .prefixCache(Duration.ofMinutes(5))
                    .start();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Caller one = Caller.of(client, simulator, "AIza-one");
    private final Caller two = Caller.of(client, simulator, "AIza-two");

    @AfterEach
    void stop() {
        client.close();
        simulator.close();
    }

    private static String prompt(String instruction, String text) {
        return "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\""
                + text
                + "\"}]}],\"systemInstruction\":{\"parts\":[{\"text\":\""
                + instruction
                + "\"}]}}";
    }

    private static JsonNode usage(Caller caller, String prompt) throws Exception {
        return caller.json("POST", Wire.GENERATE, prompt).path("usageMetadata");
    }

    @Test
    void aRepeatedPrefixIsReadFromTheCacheOfItsProject() throws Exception {
        JsonNode first = usage(one, prompt(INSTRUCTION, "hello"));
        assertFalse(first.has("cachedContentTokenCount"), "zeros are left out");
        JsonNode second = usage(one, prompt(INSTRUCTION, "something else"));
        assertEquals(2_496, second.path("cachedContentTokenCount").asLong());
        assertEquals(2_496, second.path("cacheTokensDetails").path(0).path("tokenCount").asLong());
        assertEquals(0, cached(two, prompt(INSTRUCTION, "hello")), "another project");
    }

    @Test
    void aShortPrefixIsNotCachedAndTheModelSaysWhatIsShort() throws Exception {
        String shorter = prompt("rule ".repeat(1_600), "hello");
        cached(one, shorter);
        assertEquals(0, cached(one, shorter));
        cached(one, prompt(INSTRUCTION, "hello"));
        assertEquals(0, cached(one, prompt("a" + INSTRUCTION, "hello")), "no common beginning");
        String later = "/v1beta/models/gemini-3.5-flash:generateContent";
        one.json("POST", later, prompt(INSTRUCTION, "hello"));
        JsonNode again = one.json("POST", later, prompt(INSTRUCTION, "hello"));
        assertFalse(again.path("usageMetadata").has("cachedContentTokenCount"));
    }

    @Test
    void aPrefixIsForgottenSomeTimeAfterItsLastUse() throws Exception {
        cached(one, prompt(INSTRUCTION, "hello"));
        now = now.plus(Duration.ofMinutes(4));
        assertEquals(2_496, cached(one, prompt(INSTRUCTION, "hello")));
        now = now.plus(Duration.ofMinutes(4));
        assertEquals(2_496, cached(one, prompt(INSTRUCTION, "hello")), "used meanwhile");
        now = now.plus(Duration.ofMinutes(5));
        assertEquals(0, cached(one, prompt(INSTRUCTION, "hello")));
    }

    @Test
    void streamsAndOpenAiAnswersCountItToo() throws Exception {
        cached(one, prompt(INSTRUCTION, "hello"));
        String stream = one.post(Wire.STREAM, prompt(INSTRUCTION, "hello")).body();
        List<String> events = stream.lines().filter(line -> line.startsWith("data:")).toList();
        assertFalse(events.isEmpty());
        for (String event : events) {
            JsonNode counted = Caller.parse(event.substring(5)).path("usageMetadata");
            assertEquals(2_496, counted.path("cachedContentTokenCount").asLong());
        }
        JsonNode chat =
                new Caller(client, simulator.baseUrl(), "Authorization", "Bearer AIza-one")
                        .json(
                                "POST",
                                "/v1beta/openai/chat/completions",
                                "{\"model\":\"gemini-2.5-flash\",\"messages\":["
                                        + "{\"role\":\"system\",\"content\":\""
                                        + INSTRUCTION
                                        + "\"},{\"role\":\"user\",\"content\":\"hello\"}]}");
        assertEquals(
                2_496,
                chat.path("usage").path("prompt_tokens_details").path("cached_tokens").asLong());
    }

    private static long cached(Caller caller, String prompt) throws Exception {
        return usage(caller, prompt).path("cachedContentTokenCount").asLong();
    }
}
