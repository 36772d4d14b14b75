package io.gemproxy.server.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.keys.KeysConfig.Selection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Thirty days of the pool, in each scenario and under each policy. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeySimulationTest {
    private static final Path REPORT = Path.of("docs/key-simulation.md");
    private static final String STALE =
            REPORT
                    + " is stale: the pool gives other figures now. Look whether they are meant, then"
                    + " write it anew with `make simulate`";

    /** A probe finds a key that works again within six hours, and fails at most by its jitter. */
    private static final int HOURS_UNTIL_PROBED = 7;

    private static final int KEYS_THAT_CAME_BACK_AFTER_A_REFUSAL = 4;
    private static final double MOST_REFUSED = 0.005;

    private final Map<Scenario, Map<Selection, Tally>> runs = new LinkedHashMap<>();

    @BeforeAll
    void run() {
        Scenario.all().parallelStream()
                .map(scenario -> Map.entry(scenario, run(scenario)))
                .toList()
                .forEach(run -> runs.put(run.getKey(), run.getValue()));
    }

    private static Map<Selection, Tally> run(Scenario scenario) {
        Map<Selection, Tally> byPolicy = new EnumMap<>(Selection.class);
        for (Selection selection : Selection.values()) {
            byPolicy.put(selection, Simulation.run(scenario, selection));
        }
        return byPolicy;
    }

    @Test
    void eachRunHasADayOfAnotherLength() {
        for (Scenario scenario : runs.keySet()) {
            ZoneId pacific = ZoneId.of("America/Los_Angeles");
            var start = scenario.firstDay().atStartOfDay(pacific);
            ZoneOffsetTransition change = pacific.getRules().nextTransition(start.toInstant());
            assertTrue(
                    change.getInstant().isBefore(start.plusDays(Scenario.DAYS).toInstant()),
                    scenario.name());
        }
    }

    @Test
    void afterEachResetThePoolHasExactlyTheKeysThatGoogleAccepts() {
        eachRun((name, tally) -> {
            assertEquals(Scenario.DAYS, tally.resets, name);
            assertEquals(List.of(), tally.wrongAtResets, name);
        });
    }

    @Test
    void noKeyIsLostBetweenResetsUnlessItHadBeenRefused() {
        runs.forEach((scenario, byPolicy) ->
                byPolicy.forEach((policy, tally) -> {
                    long most =
                            scenario.incidents().isEmpty()
                                    ? 0
                                    : HOURS_UNTIL_PROBED * KEYS_THAT_CAME_BACK_AFTER_A_REFUSAL;
                    assertTrue(
                            tally.hoursLost <= most,
                            () -> scenario + " " + policy + " " + tally.hoursLost);
                }));
    }

    @Test
    void atMostOneInTwoHundredAnswersIsA429UnderMostHeadroom() {
        for (Scenario scenario : List.of(Scenario.full(true), Scenario.full(false))) {
            Tally tally = runs.get(scenario).get(Selection.MOST_HEADROOM);
            assertTrue(tally.answers > 100_000, scenario.name());
            assertTrue(
                    tally.tooManyShare() < MOST_REFUSED,
                    () -> scenario.name() + ": " + tally.tooManyShare());
        }
    }

    @Test
    void aPoolWithRoomAnswersEverybody() {
        runs.get(Scenario.quiet())
                .forEach((policy, tally) ->
                        assertEquals(tally.requests, tally.atOnce, policy.name()));
    }

    @Test
    void theReportIsWhatTheRunsGive() throws IOException {
        Path report = checkout().resolve(REPORT);
        String now = SimulationReport.of(runs);
        if (Boolean.getBoolean("gemproxy.simulate")) {
            Files.writeString(report, now);
        }
        assertEquals(Files.readString(report), now, STALE);
    }

    private void eachRun(BiConsumer<String, Tally> check) {
        runs.forEach((scenario, byPolicy) ->
                byPolicy.forEach(
                        (policy, tally) -> check.accept(scenario.name() + " " + policy, tally)));
    }

    private static Path checkout() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("ARCHITECTURE.md"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
