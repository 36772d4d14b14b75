package io.gemproxy.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.simulator.record.Seen;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How requests spread over the pool, and what clients notice of keys that fail. */
final class RotationIT {
    private static final int CLIENTS = 8;
    private static final String BODY = "{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}]}";

    @Test
    void requestsLandByWeight() throws Exception {
        try (Bench bench = Bench.start(BenchOptions.keys(2, 1, 1))) {
            assertEquals(Map.of(200, 4000L), send(bench, 4000));

            Map<String, Long> landed = landed(bench);
            assertEquals(2000, landed.getOrDefault("key-1", 0L), 1, landed::toString);
            assertEquals(1000, landed.getOrDefault("key-2", 0L), 1, landed::toString);
            assertEquals(1000, landed.getOrDefault("key-3", 0L), 1, landed::toString);
        }
    }

    @Test
    void noClientSeesThatTwoOfThreeKeysFail() throws Exception {
        try (Bench bench = Bench.start(BenchOptions.keys(1, 1, 1))) {
            bench.simulator().script("key key-1: always 400 API_KEY_INVALID");
            bench.simulator().script("key key-2: always 429 perminute retry 1s");

            assertEquals(Map.of(200, 600L), send(bench, 600));

            Map<String, Long> landed = landed(bench);
            assertTrue(
                    landed.getOrDefault("key-1", 0L) <= CLIENTS,
                    () -> "a dead key is used on: " + landed);
            assertTrue(landed.containsKey("key-2"), landed::toString);
            assertEquals(600, landed.getOrDefault("key-3", 0L), landed::toString);
        }
    }

    private static Map<String, Long> landed(Bench bench) {
        return bench.simulator().record().stream()
                .collect(Collectors.groupingBy(RotationIT::key, Collectors.counting()));
    }

    private static String key(Seen seen) {
        return String.valueOf(seen.key());
    }

    /** Sends that many requests by eight clients at once; how often each status came. */
    private static Map<Integer, Long> send(Bench bench, int requests) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        bench.url()
                                                + "/v1beta/models/gemini-2.5-flash:generateContent"))
                        .header("x-goog-api-key", bench.token())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(BODY))
                        .build();
        ConcurrentLinkedQueue<Integer> statuses = new ConcurrentLinkedQueue<>();
        try (HttpClient client =
                        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
                ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            Callable<Boolean> share =
                    () -> {
                        for (int i = 0; i < requests / CLIENTS; i++) {
                            statuses.add(
                                    client.send(request, HttpResponse.BodyHandlers.discarding())
                                            .statusCode());
                        }
                        return true;
                    };
            List<Callable<Boolean>> shares = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                shares.add(share);
            }
            for (Future<Boolean> done : clients.invokeAll(shares)) {
                done.get();
            }
        }
        return statuses.stream()
                .collect(Collectors.groupingBy(status -> status, Collectors.counting()));
    }
}
