package io.gemproxy.server;

import static io.gemproxy.server.ServerFixture.FLASH;
import static io.gemproxy.server.ServerFixture.keyOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.server.state.StateKeeper;
import io.gemproxy.simulator.Simulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random moments: the next server knows what the killed one knew a flush
 * interval before its end, and nothing it never knew.
 */
final class CrashIT {
    private static final int KILLS = Boolean.getBoolean("gemproxy.prove") ? 100 : 5;

    /**
     * So many keys go bad in a pool, one in the life of each server, before a new pool is taken.
     */
    private static final int BAD_KEYS = 5;

    private static final int KEYS = BAD_KEYS + 2;
    private static final long SEED = 20_260_308;
    private static final long LONGEST_LIFE = Duration.ofMillis(2_600).toNanos();

    /** A flush interval, and what the machine may take to come round to it and to write. */
    private static final long KNOWN_AFTER =
            StateKeeper.FLUSH_INTERVAL.plus(Duration.ofSeconds(1)).toNanos();

    private static final List<String> FAULTS =
            List.of("always 400 API_KEY_INVALID", "always 429 perminute retry 3600s");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the admin port says of a key; {@code until} is empty without a rest. */
    private record Seen(String state, String reason, String until) {
        boolean bad() {
            return !state.equals("Healthy");
        }

        boolean like(Seen other) {
            return state.equals(other.state)
                    && reason.equals(other.reason)
                    && until.isEmpty() == other.until.isEmpty()
                    && (until.equals(other.until) || apart(other).toSeconds() <= 2);
        }

        private Duration apart(Seen other) {
            return Duration.between(Instant.parse(until), Instant.parse(other.until)).abs();
        }
    }

    /** A key seen bad, and since when. */
    private record Known(Seen seen, long nanos) {}

    private final Random random = new Random(SEED);
    private int compared;

    @TempDir private Path parent;

    @Test
    void theNextServerKnowsWhatTheKilledOneKnew() throws Exception {
        for (int kills = 0; kills < KILLS; kills += BAD_KEYS) {
            Simulator.Builder builder = Simulator.builder();
            for (int key = 0; key < KEYS; key++) {
                builder.key("key-" + key, keyOf("key-" + key), "p-" + key);
            }
            try (Simulator simulator = builder.start()) {
                pool(simulator, Files.createDirectory(parent.resolve("pool-" + kills)));
            }
        }
        assertTrue(compared >= KILLS, "only " + compared + " keys had to be known");
    }

    /** The lives of servers on one state directory. */
    private void pool(Simulator simulator, Path directory) throws Exception {
        Map<String, Seen> certain = Map.of();
        Map<String, Known> known = new TreeMap<>();
        for (int life = 0; life < BAD_KEYS; life++) {
            String fault = FAULTS.get(random.nextInt(FAULTS.size()));
            simulator.script("key key-" + life + ": " + fault);
            diesWhileItStarts(simulator, directory);
            try (ServerProcess server = ServerProcess.serving(directory, yaml(simulator))) {
                Map<String, Seen> found = observed(server);
                compare(certain, known, found);
                found.forEach((key, seen) -> known.compute(key, (_, it) -> seen.bad() ? it : null));
                certain = live(server, known);
            }
        }
        assertNothingAside(directory);
        try (ServerProcess server = ServerProcess.serving(directory, yaml(simulator))) {
            compare(certain, known, observed(server));
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

    /**
     * Requests and looks until the server is killed, at a random moment; what the next one must
     * know.
     */
    private Map<String, Seen> live(ServerProcess server, Map<String, Known> known)
            throws Exception {
        long end = System.nanoTime() + random.nextLong(LONGEST_LIFE);
        do {
            try (Wire wire = Wire.to(server.proxyPort())) {
                wire.send(
                        "POST",
                        FLASH + ":generateContent",
                        List.of("x-goog-api-key: " + ServerFixture.token("tester")),
                        ProxyFailoverIT.HELLO.getBytes(StandardCharsets.UTF_8));
                assertEquals(200, wire.read().status());
            }
            long now = System.nanoTime();
            observed(server)
                    .forEach((key, seen) -> {
                        if (seen.bad()) {
                            known.merge(key, new Known(seen, now), CrashIT::older);
                        }
                    });
        } while (System.nanoTime() - end < 0);
        server.close();
        long killed = System.nanoTime();
        Map<String, Seen> certain = new TreeMap<>();
        known.forEach((key, it) -> {
            if (killed - it.nanos() > KNOWN_AFTER) {
                certain.put(key, it.seen());
            }
        });
        return certain;
    }

    private static Known older(Known first, Known again) {
        return first.seen().like(again.seen()) ? new Known(again.seen(), first.nanos()) : again;
    }

    private void compare(
            Map<String, Seen> certain, Map<String, Known> known, Map<String, Seen> found) {
        compared += certain.size();
        certain.forEach((key, seen) ->
                assertTrue(
                        seen.like(Objects.requireNonNull(found.get(key))),
                        () -> key + " was " + seen + " and is " + found.get(key)));
        found.forEach((key, seen) -> {
            Known before = known.get(key);
            assertTrue(
                    !seen.bad() || (before != null && before.seen().like(seen)),
                    () -> key + " is " + seen + " and was " + before);
        });
    }

    private static Map<String, Seen> observed(ServerProcess server) throws Exception {
        try (Wire admin = Wire.to(server.adminPort())) {
            admin.send("GET", "/performance", List.of(), new byte[0]);
            Map<String, Seen> keys = new TreeMap<>();
            for (JsonNode key : JSON.readTree(admin.read().body()).path("keys")) {
                keys.put(
                        key.path("id").asText(),
                        new Seen(
                                key.path("state").asText(),
                                key.path("reason").asText(""),
                                key.path("until").asText("")));
            }
            assertEquals(KEYS, keys.size());
            return keys;
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
          api_keys:
        %sauth: {jwt_secret: %s}
        admin: {port: 0}
        """
                .formatted(simulator.baseUrl(), keys, ServerFixture.SECRET);
    }
}
