package io.gemproxy.server.admin;

import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.keys.presets.PresetBook;
import io.gemproxy.server.keys.presets.WeightPreset;
import io.gemproxy.server.keys.presets.WeightPresets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Weights in the words of the admin API. */
final class WeightJson {
    private WeightJson() {}

    /** Body of {@code GET /api/weights}. */
    record Now(
            Optional<String> preset,
            Optional<Instant> appliedAt,
            Optional<String> appliedBy,
            Optional<String> previous,
            List<Weight> keys) {}

    /** The share of one key, and whether a preset says it. */
    record Weight(String id, int weight, boolean fromPreset) {}

    /** A preset, and whether it is in effect as it stands here. */
    record Preset(
            String name,
            Map<String, Integer> weights,
            Instant savedAt,
            String savedBy,
            boolean applied) {}

    /** Body of {@code GET /api/weights/presets}. */
    record Presets(List<Preset> presets) {}

    static Now now(WeightPresets presets, List<KeyReport> keys) {
        Optional<PresetBook.Application> applied = presets.applied();
        Map<KeyId, Integer> overlay = presets.overlay();
        return new Now(
                applied.map(it -> it.preset().name()),
                applied.map(PresetBook.Application::at),
                applied.map(PresetBook.Application::by),
                presets.previous().map(it -> it.preset().name()),
                keys.stream()
                        .map(key ->
                                new Weight(
                                        key.id(),
                                        key.weight(),
                                        overlay.containsKey(new KeyId(key.id()))))
                        .toList());
    }

    static Presets list(WeightPresets presets) {
        return new Presets(presets.list().stream().map(it -> of(it, presets)).toList());
    }

    static Preset of(WeightPreset preset, WeightPresets presets) {
        boolean applied = presets.applied().filter(it -> it.preset().equals(preset)).isPresent();
        return new Preset(
                preset.name(), preset.weights(), preset.savedAt(), preset.savedBy(), applied);
    }
}
