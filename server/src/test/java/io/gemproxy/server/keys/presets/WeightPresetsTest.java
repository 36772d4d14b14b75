package io.gemproxy.server.keys.presets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.KeyId;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Named weights: saved, applied, taken back. */
final class WeightPresetsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final List<Map<KeyId, Integer>> weighed = new ArrayList<>();
    private PresetBook kept = PresetBook.EMPTY;
    private boolean broken;

    private WeightPresets presets() {
        return new WeightPresets(kept, this::keep, weighed::add, InstantSource.fixed(NOW));
    }

    private void keep(PresetBook book) throws IOException {
        if (broken) {
            throw new IOException("no disk");
        }
        kept = book;
    }

    @Test
    void whatIsSavedIsListedByNameAndChangesNoWeight() throws IOException {
        WeightPresets presets = presets();
        presets.save("night", Map.of("a", 1), "root");
        presets.save("day", Map.of("a", 2, "b", 3), "root");
        presets.save("night", Map.of("a", 4), "ci");
        assertEquals(List.of("day", "night"), names(presets));
        assertEquals(Map.of("a", 4), presets.find("night").orElseThrow().weights());
        assertEquals("ci", presets.find("night").orElseThrow().savedBy());
        assertEquals(List.of(Map.of()), weighed);
    }

    @Test
    void whatIsAppliedHoldsAndRollsBackStepByStep() throws IOException {
        WeightPresets presets = presets();
        presets.save("night", Map.of("a", 1), "root");
        presets.save("day", Map.of("a", 2, "b", 3), "root");
        presets.apply("night", "root");
        presets.apply("day", "root");
        assertEquals("day", presets.applied().orElseThrow().preset().name());
        assertEquals("night", presets.previous().orElseThrow().preset().name());
        assertTrue(presets.rollback());
        assertTrue(presets.rollback());
        assertFalse(presets.rollback());
        assertEquals(
                List.of(
                        Map.of(),
                        Map.of(new KeyId("a"), 1),
                        Map.of(new KeyId("a"), 2, new KeyId("b"), 3),
                        Map.of(new KeyId("a"), 1),
                        Map.of()),
                weighed);
    }

    @Test
    void whatIsAppliedSurvivesARestart() throws IOException {
        presets().save("night", Map.of("a", 1), "root");
        presets().apply("night", "root");
        weighed.clear();
        presets();
        assertEquals(List.of(Map.of(new KeyId("a"), 1)), weighed);
    }

    @Test
    void aPresetInEffectStaysAsItWasAppliedWhenItIsChangedOrForgotten() throws IOException {
        WeightPresets presets = presets();
        presets.save("night", Map.of("a", 1), "root");
        presets.apply("night", "root");
        presets.save("night", Map.of("a", 9), "root");
        assertTrue(presets.remove("night"));
        assertFalse(presets.remove("night"));
        assertEquals(Map.of(new KeyId("a"), 1), presets.overlay());
        assertEquals(Optional.empty(), presets.apply("night", "root"));
    }

    @Test
    void whatCannotBeKeptIsNotDone() throws IOException {
        WeightPresets presets = presets();
        presets.save("night", Map.of("a", 1), "root");
        broken = true;
        assertThrows(IOException.class, () -> presets.apply("night", "root"));
        assertThrows(IOException.class, () -> presets.save("day", Map.of(), "root"));
        assertEquals(Map.of(), presets.overlay());
        assertEquals(List.of("night"), names(presets));
        assertEquals(1, weighed.size());
    }

    @Test
    void thereIsAnEndToPresetsAndToSteps() throws IOException {
        WeightPresets presets = presets();
        for (int i = 0; i < WeightPresets.MOST_PRESETS; i++) {
            assertTrue(presets.save("p" + i, Map.of("a", 1), "root").isPresent());
        }
        assertTrue(presets.save("more", Map.of("a", 1), "root").isEmpty());
        assertTrue(presets.save("p0", Map.of("a", 2), "root").isPresent());
        for (int i = 0; i < 30; i++) {
            presets.apply("p0", "root");
        }
        int steps = 0;
        while (presets.rollback()) {
            steps++;
        }
        assertEquals(20, steps);
    }

    @Test
    void everyChangeIsAnotherVersionAndARestartIsNone() throws IOException {
        WeightPresets presets = presets();
        Set<String> versions = new HashSet<>();
        versions.add(presets.version());
        presets.save("night", Map.of("a", 1), "root");
        versions.add(presets.version());
        presets.save("night", Map.of("a", 2), "root");
        versions.add(presets.version());
        String saved = presets.version();
        presets.apply("night", "root");
        versions.add(presets.version());
        assertEquals(presets.version(), presets().version());
        presets.rollback();
        assertEquals(saved, presets.version());
        assertEquals(4, versions.size());
    }

    @Test
    void aChangeIsMadeOnlyOnItsCondition() throws IOException {
        WeightPresets presets = presets();
        String read = presets.version();
        assertEquals(
                Optional.of(true),
                presets.provided(
                        read::equals, () -> presets.save("a", Map.of("a", 1), "x").isPresent()));
        assertEquals(
                Optional.empty(),
                presets.provided(
                        read::equals, () -> presets.save("b", Map.of("a", 1), "y").isPresent()));
        assertEquals(List.of("a"), names(presets));
    }

    private static List<String> names(WeightPresets presets) {
        return presets.list().stream().map(WeightPreset::name).toList();
    }
}
