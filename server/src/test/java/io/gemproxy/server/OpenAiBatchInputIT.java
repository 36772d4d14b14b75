package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.simulator.record.Seen;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** OpenAI-compatible batches whose input file names what is another tenant's. */
class OpenAiBatchInputIT {
    private static final String CACHE =
            "{\"model\":\"models/gemini-2.5-flash\",\"contents\":[{\"parts\":[{\"text\":\"x\"}]}]}";
    private static ServerFixture fixture;
    private static OpenAiClient alice;
    private static OpenAiClient mallory;

    @BeforeAll
    static void start() throws Exception {
        // Of one project, so that nothing is missed for living elsewhere.
        fixture = ServerFixture.with().key("alpha", "red").start();
        alice = new OpenAiClient(fixture, "alice");
        mallory = new OpenAiClient(fixture, "mallory");
    }

    @AfterAll
    static void stop() throws Exception {
        fixture.close();
    }

    private static String cache(OpenAiClient client) throws Exception {
        Wire.Reply made = client.natively("POST", "cachedContents", CACHE);
        return ServerFixture.json(made).path("name").asText();
    }

    @Test
    void onesOwnMayBeNamed() throws Exception {
        String input = mallory.upload(OpenAiClient.PLAIN + OpenAiClient.naming(cache(mallory)));
        Wire.Reply made = mallory.batchOf(input);
        assertEquals(200, made.status(), made::text);
        String path = "batches/" + ServerFixture.json(made).path("id").asText();
        mallory.call("GET", path, "");
        String output =
                ServerFixture.json(mallory.call("GET", path, "")).path("output_file_id").asText();
        String answers = mallory.call("GET", "files/" + output + "/content", "").text();
        assertEquals(2, answers.lines().count());
        assertFalse(answers.contains("error"), answers);
    }

    @Test
    void anotherTenantsAreNotFound() throws Exception {
        String foreign = cache(alice);
        String input = mallory.upload(OpenAiClient.PLAIN + OpenAiClient.naming(foreign));
        for (String written : Set.of(input, input.substring("files/".length()))) {
            Wire.Reply refused = mallory.batchOf(written);
            assertEquals(403, refused.status(), refused::text);
            assertTrue(refused.text().startsWith("["), refused::text);
            assertNotMadeOf(written);
        }
        assertEquals("Healthy", fixture.stateOf("alpha"));
    }

    @Test
    void norIsAnotherTenantsInputFile() throws Exception {
        String input = alice.upload(OpenAiClient.PLAIN);
        for (String written : Set.of(input, input.substring("files/".length()))) {
            Wire.Reply refused = mallory.batchOf(written);
            assertTrue(Set.of(403, 404).contains(refused.status()), refused::text);
            assertTrue(refused.text().startsWith("["), refused::text);
            assertNotMadeOf(written);
        }
        assertEquals("Healthy", fixture.stateOf("alpha"));
    }

    @Test
    void aRecordThatIsTooOldIsNone() throws Exception {
        try (ServerFixture own = ServerFixture.with().key("alpha", "red").start()) {
            OpenAiClient maker = new OpenAiClient(own, "alice");
            OpenAiClient client = new OpenAiClient(own, "mallory");
            String input = client.upload(OpenAiClient.naming(cache(maker)));
            own.advance(Duration.ofHours(49));
            assertEquals(403, client.batchOf(input).status());
            own.advance(Duration.ofHours(2));
            Wire.Reply refused = client.batchOf(input);
            assertEquals(400, refused.status(), refused::text);
            assertTrue(refused.text().contains("batch_input_not_readable"), refused::text);
        }
    }

    private static void assertNotMadeOf(String input) {
        boolean made =
                fixture.simulator.record().stream()
                        .filter(seen -> seen.path().endsWith("/openai/batches"))
                        .filter(seen -> seen.bodyText().contains(input))
                        .map(Seen::outcome)
                        .anyMatch(outcome -> outcome != null && outcome.status() == 200);
        assertFalse(made, "Gemini made a batch of " + input);
    }
}
