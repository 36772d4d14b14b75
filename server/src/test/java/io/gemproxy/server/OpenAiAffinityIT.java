package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.simulator.record.Seen;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenAI-compatible files and batches, and tuned models, of two clients in two projects. */
class OpenAiAffinityIT {
    private ServerFixture fixture;
    private OpenAiClient alice;
    private OpenAiClient mallory;

    @BeforeEach
    void start() throws Exception {
        fixture = ServerFixture.with().key("alpha", "red").key("beta", "blue").start();
        alice = new OpenAiClient(fixture, "alice");
        mallory = new OpenAiClient(fixture, "mallory");
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    @Test
    void whatAClientMakesItFindsAgain() throws Exception {
        Set<String> projects = new HashSet<>();
        for (int i = 0; i < 12; i++) {
            OpenAiClient client = new OpenAiClient(fixture, "client-" + i);
            String batch = client.make("batches");
            String path = "batches/" + batch.replace("/", "%2F");
            ok(client.call("GET", path, ""));
            JsonNode done = ServerFixture.json(ok(client.call("GET", path, "")));
            assertEquals("completed", done.path("status").asText());
            for (String file : List.of("input_file_id", "output_file_id")) {
                String id = done.path(file).asText();
                String encoded = "files/" + id.replace("/", "%2F");
                ok(client.call("GET", encoded, ""));
                ok(client.call("GET", encoded + "/content", ""));
                ok(client.call("GET", "files/" + id + "/content", ""));
                ok(client.natively("GET", id + ":download?alt=media", ""));
                ok(client.call("DELETE", encoded, ""));
            }
        }
        fixture.simulator.record().stream().map(Seen::project).forEach(projects::add);
        assertEquals(2, projects.size(), "both projects are used");
    }

    @ParameterizedTest
    @ValueSource(strings = {"files", "batches"})
    void aListHoldsTheClientsOwnOfAllProjects(String collection) throws Exception {
        Set<String> mine = new TreeSet<>();
        for (int i = 0; i < 3; i++) {
            mine.add(alice.make(collection));
            mallory.make(collection);
        }
        String home = fixture.simulator.record().getFirst().key();
        fixture.simulator.script("key " + home + ": next 1 429 perminute retry 30s");
        mine.add(alice.make(collection));
        fixture.advance(Duration.ofSeconds(31));
        Set<String> expected = new TreeSet<>(mine);
        Set<String> all = alice.listed(collection, 100);
        if (collection.equals("batches")) {
            assertEquals(expected, all);
        }
        assertTrue(all.containsAll(expected), all::toString);
        for (int limit : new int[] {1, 2, 3}) {
            assertEquals(all, alice.listed(collection, limit));
        }
        Set<String> others = mallory.listed(collection, 2);
        assertEquals(3, others.size());
        others.retainAll(all);
        assertEquals(Set.of(), others);
        assertEquals(Set.of(), new OpenAiClient(fixture, "newcomer").listed(collection, 2));
    }

    @ParameterizedTest
    @CsvSource({
        "files, GET, ''",
        "files, DELETE, ''",
        "files, GET, /content",
        "batches, GET, ''",
        "batches, POST, /cancel"
    })
    void whatIsAnotherTenantsIsNotFoundInTheWordsForWhatIsNowhere(
            String collection, String method, String rest) throws Exception {
        String name = alice.make(collection);
        String id = name.substring(name.indexOf('/') + 1);
        for (String written :
                List.of(name, name.replace("/", "%2F"), name.replace("/", "%2f"), id)) {
            String path = collection + "/" + written + rest;
            String nowhere = path.replace(id, "nowhere00000");
            Wire.Reply stranger = mallory.call(method, path, "");
            Wire.Reply unknown = mallory.call(method, nowhere, "");
            assertTrue(Set.of(403, 404).contains(stranger.status()), stranger::text);
            assertEquals(unknown.status(), stranger.status(), path);
            assertEquals(unknown.text().replace("nowhere00000", id), stranger.text());
            assertTrue(stranger.text().startsWith("["), stranger::text);
        }
        ok(alice.call("GET", collection + "/" + name, ""));
        assertEquals(List.of("Healthy", "Healthy"), states());
    }

    @Test
    void tunedModelsAreTheirMakersOnly() throws Exception {
        String mine = alice.tune();
        String foreign = mallory.tune();
        String hello = "{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}]}";
        for (int i = 0; i < 6; i++) {
            ok(alice.natively("POST", mine + ":generateContent", hello));
        }
        String list = ok(alice.natively("GET", "tunedModels", "")).text();
        assertTrue(list.contains(mine) && !list.contains(foreign), list);
        Wire.Reply stranger = mallory.natively("POST", mine + ":generateContent", hello);
        Wire.Reply unknown =
                mallory.natively("POST", "tunedModels/nowhere00000:generateContent", hello);
        assertEquals(403, stranger.status(), stranger::text);
        assertEquals(
                unknown.text().replace("nowhere00000", mine.substring(mine.indexOf('/') + 1)),
                stranger.text());
        ok(alice.natively("DELETE", mine, ""));
        assertEquals(403, alice.natively("GET", mine, "").status());
        assertEquals(List.of("Healthy", "Healthy"), states());
    }

    private List<String> states() throws Exception {
        return List.of(fixture.stateOf("alpha"), fixture.stateOf("beta"));
    }

    private static Wire.Reply ok(Wire.Reply reply) {
        assertEquals(200, reply.status(), reply::text);
        return reply;
    }
}
