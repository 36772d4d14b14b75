package io.gemproxy.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Thirty in a hundred keys fail at any time, others from round to round; the last project is always
 * well. Rests and breakers are as short as they can be, and keys that are well take their time, so
 * that a round does not end before the rests of the last.
 */
final class FailingKeysIT {
    /** A twentieth of the proof's 100,000, unless the proof is asked for. */
    private static final int REQUESTS = Boolean.getBoolean("gemproxy.prove") ? 100_000 : 5_000;

    private static final int PER_ROUND = 100;
    private static final int[] KEYS_OF_PROJECTS = {5, 4, 3, 2, 2, 2, 1, 1};
    private static final int FAILING = 6;
    private static final long SEED = 20_261_121;

    /** A round of a hundred by eight clients takes a quarter of a second. */
    private static final String WELL = "delay 20ms";

    /** Refusals that blame key or project, and end before long. */
    private static final List<String> REFUSALS =
            List.of(
                    "429 perminute retry 100ms",
                    "429 tokens retry 100ms",
                    "429 generic retry 100ms",
                    "429 bare retry 100ms");

    /** Nobody knows whose fault these are, so going on is paid from a budget. */
    private static final List<String> FAULTS = List.of("500", "reset at headers");

    /** For good, which may not be many: nothing mends a key while the test runs. */
    private static final List<String> DEATHS = List.of("400 API_KEY_INVALID", "403 leaked");

    private final Random chance = new Random(SEED);
    private final Map<String, String> failing = new LinkedHashMap<>();

    @Test
    void noClientSeesAFailureOfThePool() throws Exception {
        try (Bench bench = Bench.start(BenchOptions.projects(KEYS_OF_PROJECTS).breaker(1))) {
            List<String> mayFail =
                    new ArrayList<>(bench.keys().stream().map(PooledKey::id).toList());
            mayFail.removeLast();
            Collections.shuffle(mayFail, chance);
            DEATHS.forEach(death -> failing.put(mayFail.removeFirst(), death));
            REFUSALS.stream().limit(2).forEach(it -> failing.put(mayFail.removeFirst(), it));
            FAULTS.forEach(fault -> failing.put(mayFail.removeFirst(), fault));

            Map<Integer, Long> answers = new TreeMap<>();
            for (int sent = 0; sent < REQUESTS; sent += PER_ROUND) {
                apply(bench);
                Crowd.send(bench, PER_ROUND)
                        .forEach((status, n) -> answers.merge(status, n, Long::sum));
                assertEquals(FAILING, failing.size());
                assertEquals(Map.of(200, sent + (long) PER_ROUND), answers, failing::toString);
                mendsOneAndBreaksAnother(mayFail);
            }
            long inVain = bench.simulator().requests() - REQUESTS;
            assertTrue(inVain > REQUESTS / 500, () -> "only " + inVain + " were in vain");
        }
    }

    private void apply(Bench bench) {
        bench.simulator().clearScript();
        for (PooledKey key : bench.keys()) {
            String how = failing.getOrDefault(key.id(), WELL);
            bench.simulator().script("key " + key.id() + ": always " + how);
        }
    }

    private void mendsOneAndBreaksAnother(List<String> mayFail) {
        List<String> mendable =
                failing.keySet().stream()
                        .filter(key -> !DEATHS.contains(failing.get(key)))
                        .toList();
        String mended = mendable.get(chance.nextInt(mendable.size()));
        List<String> kind = FAULTS.contains(failing.remove(mended)) ? FAULTS : REFUSALS;
        String broken = mayFail.remove(chance.nextInt(mayFail.size()));
        failing.put(broken, kind.get(chance.nextInt(kind.size())));
        mayFail.add(mended);
    }
}
