package io.gemproxy.server;

import static io.gemproxy.server.ServerFixture.FLASH;
import static io.gemproxy.server.ServerFixture.keyOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.server.authentication.TokenGrant;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.simulator.Simulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * After each {@code kill -9} under load the ledger and the budgets say what the audit records add
 * up to, but for the windows that docs/limits.md declares: a budget forgets nothing that was
 * reserved, the ledger at most the last second.
 */
final class BooksAfterKillIT {
    private static final int REQUESTS = Boolean.getBoolean("gemproxy.prove") ? 20_000 : 1_000;
    private static final int LIVES = 4;
    private static final int CLIENTS = 16;

    /** The ledger's second, and as much for a machine that is busy. */
    private static final Duration WINDOW = Duration.ofSeconds(3);

    private static final long CAP = REQUESTS * 100L;
    private static final long SLICE = CAP / 100 + 1;
    private static final int OUTPUT = 64;
    private static final String HELLO =
            "{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}],"
                    + "\"generationConfig\":{\"maxOutputTokens\":"
                    + OUTPUT
                    + "}}";

    /** What each request reserves; no answer uses more. */
    private static final long RESERVED = (HELLO.length() + 3L) / 4 + OUTPUT;

    private static final String TOKEN =
            ServerFixture.token(
                    new TokenGrant(
                            "capped",
                            Duration.ofHours(1),
                            Role.CLIENT,
                            List.of(),
                            OptionalInt.empty(),
                            OptionalLong.empty(),
                            OptionalLong.empty(),
                            OptionalLong.of(CAP),
                            Optional.empty()));

    private static final String ADMIN =
            ServerFixture.token(TokenGrant.of("root", Duration.ofHours(1), Role.ADMIN));

    @TempDir private Path directory;

    private final ObjectMapper json = new ObjectMapper();
    private final AtomicInteger ids = new AtomicInteger();
    private final Set<String> served = ConcurrentHashMap.newKeySet();

    /** In the lives before. */
    private Recorded recorded = new Recorded(0, 0, 0, Set.of());

    private int kills;

    @Test
    void theBooksAgreeAfterEachKill() throws Exception {
        try (Simulator simulator =
                Simulator.builder().key("alpha", keyOf("alpha"), "p-one").start()) {
            String yaml = yaml(simulator);
            for (int life = 0; life < LIVES; life++) {
                try (ServerProcess server = ServerProcess.serving(directory, yaml)) {
                    compare(server.adminPort());
                    live(server);
                }
            }
            try (ServerProcess server = ServerProcess.serving(directory, yaml)) {
                compare(server.adminPort());
                assertEquals(LIVES, kills);
                assertTrue(recorded.requests >= LIVES * REQUESTS / 2, "hardly any was recorded");
            }
        }
    }

    /** Requests until there were so many, then a kill under load. */
    private void live(ServerProcess server) throws Exception {
        int port = server.proxyPort();
        int end = ids.get() + REQUESTS;
        AtomicBoolean stop = new AtomicBoolean();
        Instant killed;
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.execute(() -> {
                    while (!stop.get()) {
                        some(port);
                    }
                });
            }
            ServerFixture.await(() -> ids.get() >= end, Duration.ofMinutes(5), "the requests");
            killed = Instant.now();
            server.close();
            stop.set(true);
        }
        kills++;
        recorded = recorded(killed.minus(WINDOW));
    }

    private void some(int port) {
        try (Wire wire = Wire.to(port)) {
            for (int i = 0; i < 20; i++) {
                String id = "r" + ids.incrementAndGet();
                wire.send(
                        "POST",
                        FLASH + ":generateContent",
                        List.of("x-goog-api-key: " + TOKEN, "x-request-id: " + id),
                        HELLO.getBytes(StandardCharsets.UTF_8));
                if (wire.read().status() != 200) {
                    return;
                }
                served.add(id);
            }
        } catch (IOException killed) {
            Thread.onSpinWait();
        }
    }

    private void compare(int adminPort) throws IOException {
        long ledger =
                get(adminPort, "/api/usage?by=client&since=1d").at("/total/tokens/total").asLong();
        long budget = get(adminPort, "/api/budgets").at("/clients/0/day/spent/tokens").asLong();
        Set<String> unrecorded = new HashSet<>(served);
        unrecorded.removeAll(recorded.ids);
        long lost = (unrecorded.size() + (long) kills * CLIENTS) * RESERVED;
        between("ledger", recorded.early, ledger, recorded.tokens + lost);
        between("budget", recorded.tokens, budget, recorded.tokens + lost + kills * 2L * SLICE);
    }

    private void between(String book, long least, long is, long most) {
        assertTrue(
                least <= is && is <= most,
                () -> book + " says " + is + ", not " + least + " to " + most + ", kill " + kills);
    }

    private JsonNode get(int port, String path) throws IOException {
        try (Wire wire = Wire.to(port)) {
            wire.send("GET", path, List.of("Authorization: Bearer " + ADMIN), new byte[0]);
            return json.readTree(wire.read().text());
        }
    }

    /** What the audit log has; what the last crash left half written is no record. */
    private Recorded recorded(Instant early) throws IOException {
        long tokens = 0;
        long before = 0;
        Set<String> known = new HashSet<>();
        for (String line : Files.readAllLines(directory.resolve("logs/audit.log"))) {
            if (line.endsWith("}") && line.contains("\"event_type\":\"ApiCall\"")) {
                JsonNode record = json.readTree(line);
                long total = record.at("/tokens/total").asLong();
                assertTrue(total <= RESERVED, () -> "more than was reserved: " + total);
                tokens += total;
                boolean isNew = !recorded.ids.contains(record.path("client_request_id").asText());
                boolean isOld = Instant.parse(record.path("timestamp").asText()).isBefore(early);
                before += isNew && isOld ? total : 0;
                known.add(record.path("client_request_id").asText());
            }
        }
        return new Recorded(known.size(), tokens, recorded.early + before, Set.copyOf(known));
    }

    /**
     * @param tokens of all records
     * @param early of those that were made a while before the kill of their life
     */
    private record Recorded(int requests, long tokens, long early, Set<String> ids) {}

    private static String yaml(Simulator simulator) {
        return """
        server: {host: 127.0.0.1, port: 0, tls: {enabled: false}}
        gemini:
          base_url: %s
          api_keys: [{id: alpha, key: %s, project: p-one}]
        auth: {jwt_secret: %s}
        admin: {port: 0}
        """
                .formatted(simulator.baseUrl(), keyOf("alpha"), ServerFixture.SECRET);
    }
}
