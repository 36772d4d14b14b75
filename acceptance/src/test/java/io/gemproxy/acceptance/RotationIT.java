package io.gemproxy.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.simulator.record.Seen;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How requests spread over the pool, and what clients notice of keys that fail. */
final class RotationIT {
    @Test
    void requestsLandByWeight() throws Exception {
        try (Bench bench = Bench.start(BenchOptions.keys(2, 1, 1))) {
            assertEquals(Map.of(200, 4000L), Crowd.send(bench, 4000));

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

            assertEquals(Map.of(200, 600L), Crowd.send(bench, 600));

            Map<String, Long> landed = landed(bench);
            assertTrue(
                    landed.getOrDefault("key-1", 0L) <= Crowd.CLIENTS,
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
}
