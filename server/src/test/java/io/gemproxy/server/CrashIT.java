package io.gemproxy.server;

import static io.gemproxy.server.ServerFixture.FLASH;
import static io.gemproxy.server.ServerFixture.keyOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.server.SurvivingFacts.Fact;
import io.gemproxy.server.authentication.TokenGrant;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.simulator.Simulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random moments: the next server knows what the killed one knew a flush
 * interval before its end, and nothing it never knew. That is the state of each key with the end of
 * its rest, which keys an operator disabled, and in which project and whose a cache is.
 */
final class CrashIT {
    private static final int KILLS = Boolean.getBoolean("gemproxy.prove") ? 100 : 5;

    /**
     * So many keys go bad in a pool, one in the life of each server, before a new pool is taken.
     */
    private static final int BAD_KEYS = 5;

    private static final int KEYS = BAD_KEYS + 2;

    /** An operator switches this one off and on. */
    private static final String SWITCHED = "key-" + BAD_KEYS;

    private static final long SEED = 20_260_308;
    private static final long LONGEST_LIFE = Duration.ofMillis(2_600).toNanos();
    private static final Fact HEALTHY = new Fact("Healthy");
    private static final Fact NOWHERE = new Fact("nowhere");

    private static final List<String> FAULTS =
            List.of("always 400 API_KEY_INVALID", "always 429 perminute retry 3600s");
    private static final String OWNER = ServerFixture.token("tester");
    private static final String STRANGER = ServerFixture.token("mallory");
    private static final String OPERATOR =
            ServerFixture.token(TokenGrant.of("operator", Duration.ofHours(1), Role.ADMIN));

    private final Random random = new Random(SEED);
    private final SurvivingFacts facts = new SurvivingFacts();

    @TempDir private Path parent;

    @Test
    void theNextServerKnowsWhatTheKilledOneKnew() throws Exception {
        for (int kills = 0; kills < KILLS; kills += BAD_KEYS) {
            Simulator.Builder builder = Simulator.builder();
            for (int key = 0; key < KEYS; key++) {
                builder.key("key-" + key, keyOf("key-" + key), "p-" + key);
                facts.fresh("key-" + key, HEALTHY);
            }
            try (Simulator simulator = builder.start()) {
                pool(simulator, Files.createDirectory(parent.resolve("pool-" + kills)));
            }
        }
        assertTrue(
                facts.certainties() >= KILLS,
                () -> "only " + facts.certainties() + " facts had to be known");
    }

    /** The lives of servers on one state directory. */
    private void pool(Simulator simulator, Path directory) throws Exception {
        Map<String, Fact> caches = new TreeMap<>();
        for (int life = 0; life < BAD_KEYS; life++) {
            String fault = FAULTS.get(random.nextInt(FAULTS.size()));
            simulator.script("key key-" + life + ": " + fault);
            diesWhileItStarts(simulator, directory);
            try (ServerProcess server = ServerProcess.serving(directory, yaml(simulator))) {
                compare(server, simulator, caches);
                live(server, simulator, caches);
            }
        }
        assertNothingAside(directory);
        try (ServerProcess server = ServerProcess.serving(directory, yaml(simulator))) {
            compare(server, simulator, caches);
        }
    }

    /** Every third server does not live to serve. */
    private void diesWhileItStarts(Simulator simulator, Path directory) throws IOException {
        if (random.nextInt(3) > 0) {
            return;
        }
        long end = System.nanoTime() + random.nextLong(LONGEST_LIFE / 2);
        try (ServerProcess server = ServerProcess.serving(directory, yaml(simulator))) {
            while (System.nanoTime() - end < 0) {
                LockSupport.parkNanos(1_000_000);
                assertTrue(server.alive(), server::out);
            }
        }
    }

    private void compare(ServerProcess server, Simulator simulator, Map<String, Fact> caches)
            throws Exception {
        keys(server).forEach((key, fact) -> facts.found(key, fact, HEALTHY));
        for (var cache : caches.entrySet()) {
            Fact found = whereabouts(server, simulator, cache.getKey(), cache.getValue());
            facts.found(cache.getKey(), found, NOWHERE);
            look(server);
        }
    }

    /** Requests, switches and looks until the server is killed, at a random moment. */
    private void live(ServerProcess server, Simulator simulator, Map<String, Fact> caches)
            throws Exception {
        long end = System.nanoTime() + random.nextLong(LONGEST_LIFE);
        if (random.nextBoolean()) {
            String verb = random.nextBoolean() ? "/disable" : "/enable";
            String path = "/api/keys/" + SWITCHED + verb;
            assertEquals(200, send(server.adminPort(), "POST", path, OPERATOR, "").status());
        }
        look(server);
        make(server, simulator, caches);
        look(server);
        do {
            String path = FLASH + ":generateContent";
            Wire.Reply answer =
                    send(server.proxyPort(), "POST", path, OWNER, ProxyFailoverIT.HELLO);
            assertEquals(200, answer.status(), answer::text);
            look(server);
        } while (System.nanoTime() - end < 0);
        server.close();
        facts.killed(System.nanoTime());
    }

    /** After each request, so that nothing is on disk that was not seen. */
    private void look(ServerProcess server) throws Exception {
        Map<String, Fact> keys = keys(server);
        long now = System.nanoTime();
        keys.forEach((key, fact) -> facts.seen(key, fact, now));
    }

    private void make(ServerProcess server, Simulator simulator, Map<String, Fact> caches)
            throws Exception {
        String body =
                "{\"model\":\"models/gemini-2.5-flash\",\"contents\":[{\"parts\":[{\"text\":\"x\"}]}]}";
        Wire.Reply made = send(server.proxyPort(), "POST", "/v1beta/cachedContents", OWNER, body);
        assertEquals(200, made.status(), made::text);
        String name = ServerFixture.json(made).path("name").asText();
        Fact home = new Fact("with " + simulator.record().getLast().key());
        caches.put(name, home);
        facts.fresh(name, NOWHERE);
        facts.seen(name, home, System.nanoTime());
    }

    /** With which key a cache is looked for; nobody but its owner may. */
    private static Fact whereabouts(
            ServerProcess server, Simulator simulator, String name, Fact home) throws Exception {
        String path = "/v1beta/" + name;
        simulator.clearRecord();
        Wire.Reply stranger = send(server.proxyPort(), "GET", path, STRANGER, "");
        assertNotEquals(200, stranger.status(), stranger::text);
        assertTrue(asked(simulator, path).isEmpty(), "a stranger's question must not be passed on");
        Wire.Reply owner = send(server.proxyPort(), "GET", path, OWNER, "");
        boolean rests = owner.status() == 429 || owner.status() == 503;
        return asked(simulator, path).stream()
                .map(key -> new Fact("with " + key))
                .findFirst()
                .orElse(rests ? home : NOWHERE);
    }

    private static List<String> asked(Simulator simulator, String path) {
        return simulator.record().stream()
                .filter(seen -> seen.path().equals(path))
                .map(seen -> seen.key())
                .toList();
    }

    private static Map<String, Fact> keys(ServerProcess server) throws Exception {
        Map<String, Fact> keys = new TreeMap<>();
        Wire.Reply answer = send(server.adminPort(), "GET", "/api/keys", OPERATOR, "");
        for (JsonNode key : ServerFixture.json(answer).path("keys")) {
            keys.put(
                    key.path("id").asText(),
                    new Fact(
                            key.path("state").asText(),
                            key.path("reason").asText(""),
                            key.path("until").asText("")));
        }
        assertEquals(KEYS, keys.size());
        return keys;
    }

    private static Wire.Reply send(int port, String method, String path, String token, String body)
            throws IOException {
        try (Wire wire = Wire.to(port)) {
            List<String> fields = List.of("Authorization: Bearer " + token);
            wire.send(method, path, fields, body.getBytes(StandardCharsets.UTF_8));
            return wire.read();
        }
    }

    private static void assertNothingAside(Path directory) throws IOException {
        try (var files = Files.list(directory.resolve("var"))) {
            for (Path file : files.toList()) {
                assertFalse(file.toString().matches(".*(corrupt|newer)-.*"), file::toString);
            }
        }
    }

    private static String yaml(Simulator simulator) {
        StringBuilder keys = new StringBuilder();
        for (int key = 0; key < KEYS; key++) {
            keys.append("    - {id: key-")
                    .append(key)
                    .append(", project: p-")
                    .append(key)
                    .append(", key: ")
                    .append(keyOf("key-" + key))
                    .append("}\n");
        }
        return """
        server: {host: 127.0.0.1, port: 0, tls: {enabled: false}}
        gemini:
          base_url: %s
          unknown_resources: refuse
          api_keys:
        %sauth: {jwt_secret: %s}
        admin: {port: 0}
        """
                .formatted(simulator.baseUrl(), keys, ServerFixture.SECRET);
    }
}
