package io.gemproxy.server;

import static io.gemproxy.server.ServerFixture.FLASH;
import static io.gemproxy.server.ServerFixture.keyOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.audit.AuditVerification;
import io.gemproxy.server.audit.chain.ChainKey;
import io.gemproxy.server.audit.chain.Finding;
import io.gemproxy.server.authentication.clients.ClientKey;
import io.gemproxy.simulator.Simulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mixed requests of every kind of path, clients that leave, and {@code kill -9}: each request has
 * one record, but for those of the declared window before a kill, and the chain holds.
 */
final class AuditCompletenessIT {
    private static final int REQUESTS = Boolean.getBoolean("gemproxy.prove") ? 100_000 : 5_000;
    private static final int LIVES = 5;
    private static final int CLIENTS = 16;
    private static final long SEED = 20_261_121;

    /**
     * What a kill may cost is what was in the queue, some milliseconds on a disk that works; the
     * rest is for a machine that is busy.
     */
    private static final long WINDOW = Duration.ofSeconds(1).toNanos();

    private static final Set<String> TERMINAL = Set.of("ApiCall", "AuthFailure", "RateLimited");

    private static final byte[] HELLO = ProxyFailoverIT.HELLO.getBytes(StandardCharsets.UTF_8);

    private static final ClientKey CLIENT_SECRET =
            ClientKey.make(ClientKey.Kind.OAUTH_SECRET, new SecureRandom());

    static {
        Emissions.OF_THIS_RUN.secret("the OAuth secret of mixed requests", CLIENT_SECRET.told());
    }

    private static final String TOKEN = ServerFixture.token("tester");

    @TempDir private Path directory;

    private final AtomicInteger ids = new AtomicInteger();

    /** When each request had its answer, or as much of it as its client wanted. */
    private final Map<String, Long> answered = new ConcurrentHashMap<>();

    private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
    private final Map<String, Long> certain = new HashMap<>();

    @Test
    void eachRequestHasOneRecord() throws Exception {
        try (Simulator simulator =
                Simulator.builder()
                        .key("alpha", keyOf("alpha"), "p-one")
                        .key("beta", keyOf("beta"), "p-two")
                        .start()) {
            for (int life = 0; life < LIVES; life++) {
                boolean last = life == LIVES - 1;
                try (ServerProcess server = ServerProcess.serving(directory, yaml(simulator))) {
                    live(server, REQUESTS / LIVES, !last);
                    if (last) {
                        server.terminate();
                        assertEquals(0, server.exitCode());
                    }
                }
            }
        }
        compare();
    }

    /** Requests until there were so many; then the server is killed under load, or left to end. */
    private void live(ServerProcess server, int requests, boolean kill) throws Exception {
        int port = server.proxyPort();
        int end = ids.get() + requests;
        AtomicBoolean stop = new AtomicBoolean();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                SplittableRandom random = new SplittableRandom(SEED + ids.get() + i);
                clients.execute(() -> {
                    while (!stop.get() && (kill || ids.get() < end)) {
                        one(port, random);
                    }
                });
            }
            ServerFixture.await(
                    () -> ids.get() >= end && (!kill || settled() >= requests / 2),
                    Duration.ofMinutes(10),
                    "the requests");
            if (kill) {
                server.close();
            }
            long killed = System.nanoTime();
            stop.set(true);
            answered.forEach((id, at) -> {
                if (!kill || killed - at > WINDOW) {
                    certain.put(id, at);
                }
            });
        }
        if (!kill) {
            certain.putAll(answered);
        }
        answered.clear();
    }

    /** How many were answered before the window of a kill that would come now. */
    private long settled() {
        long now = System.nanoTime();
        return answered.values().stream().filter(at -> now - at > WINDOW).count();
    }

    /** A few requests of one kind on one connection. */
    private void one(int port, SplittableRandom random) {
        int kind = random.nextInt(12);
        try (Wire wire = Wire.to(port)) {
            for (int i = random.nextInt(1, 20); i > 0; i--) {
                String id = "r" + ids.incrementAndGet();
                switch (kind) {
                    case 0 -> {
                        send(wire, FLASH + ":generateContent", id, "no token");
                        expect(401, wire.read().status());
                    }
                    case 1 -> {
                        send(wire, FLASH + ":streamGenerateContent?alt=sse", id, TOKEN);
                        expect(200, wire.head().status());
                        wire.chunk();
                        answered.put(id, System.nanoTime());
                        return; // and leaves
                    }
                    case 2 -> {
                        send(wire, FLASH + ":generateContent", id, TOKEN);
                        return; // and does not wait; whether the server sees it is open
                    }
                    case 3 -> {
                        send(wire, "/v1beta/models/no-such-model:generateContent", id, TOKEN);
                        expect(404, wire.read().status());
                    }
                    case 10 -> {
                        boolean right = random.nextBoolean();
                        form(wire, id, right ? "client_credentials" : "password");
                        expect(right ? 200 : 400, wire.read().status());
                    }
                    case 11 -> {
                        send(wire, "/health", id, TOKEN);
                        expect(405, wire.read().status());
                    }
                    case 4 -> {
                        send(wire, FLASH + ":streamGenerateContent?alt=sse", id, TOKEN);
                        expect(200, wire.read().status());
                    }
                    default -> {
                        send(wire, FLASH + ":generateContent", id, TOKEN);
                        expect(200, wire.read().status());
                    }
                }
                answered.put(id, System.nanoTime());
            }
        } catch (IOException killed) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** No status at all is what a killed server says. */
    private void expect(int status, int got) throws IOException {
        if (got == 0) {
            throw new IOException("cut");
        }
        if (got != status) {
            unexpected.add(got + " instead of " + status);
        }
    }

    private static void send(Wire wire, String target, String id, String token) throws IOException {
        wire.send(
                "POST", target, List.of("x-goog-api-key: " + token, "x-request-id: " + id), HELLO);
    }

    private static void form(Wire wire, String id, String grant) throws IOException {
        String form = "grant_type=" + grant + "&client_id=ci&client_secret=" + CLIENT_SECRET.told();
        wire.send(
                "POST",
                "/oauth/token",
                List.of("Content-Type: application/x-www-form-urlencoded", "x-request-id: " + id),
                form.getBytes(StandardCharsets.US_ASCII));
    }

    private void compare() throws IOException {
        assertEquals(List.of(), List.copyOf(unexpected));
        Path log = directory.resolve("logs/audit.log");
        List<ChainKey> keys = List.of(ChainKey.read(directory.resolve("config/audit-chain.key")));
        AuditVerification checked =
                AuditVerification.of(log, directory.resolve("var/audit.head"), keys, false);
        assertEquals(List.<Finding>of(), checked.report().findings());
        Map<String, Integer> records = new HashMap<>();
        ObjectMapper json = new ObjectMapper();
        for (Path file : checked.files()) {
            for (String line : Files.readAllLines(file)) {
                JsonNode record = json.readTree(line);
                if (TERMINAL.contains(record.path("event_type").asText())
                        && record.has("client_request_id")) {
                    records.merge(record.path("client_request_id").asText(), 1, Integer::sum);
                }
            }
        }
        records.forEach((id, count) -> assertEquals(1, count, id + " has more than one record"));
        List<String> missing =
                certain.keySet().stream().filter(id -> !records.containsKey(id)).toList();
        assertEquals(List.of(), missing, "without a record");
        assertTrue(certain.size() > REQUESTS / 3, "too few were certain: " + certain.size());
    }

    private static String yaml(Simulator simulator) {
        return """
        server: {host: 127.0.0.1, port: 0, tls: {enabled: false}}
        gemini:
          base_url: %s
          api_keys:
            - {id: alpha, key: %s, project: p-one}
            - {id: beta, key: %s, project: p-two}
        auth:
          jwt_secret: %s
          clients: [{name: ci, oauth_secrets: ["%s"]}]
        audit: {rotate_bytes: 5000000}
        admin: {port: 0}
        """
                .formatted(
                        simulator.baseUrl(),
                        keyOf("alpha"),
                        keyOf("beta"),
                        ServerFixture.SECRET,
                        CLIENT_SECRET.digest());
    }
}
