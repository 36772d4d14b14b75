package io.gemproxy.server.keys.presets;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A named set of weights.
 *
 * @param name as the operator gave it
 * @param weights by the ids of the keys, 1 to 10000; a key that is not named keeps the configured
 *     one
 * @param savedAt when
 * @param savedBy who
 */
public record WeightPreset(
        String name, Map<String, Integer> weights, Instant savedAt, String savedBy) {
    public WeightPreset {
        weights = Collections.unmodifiableMap(new TreeMap<>(weights));
    }
}
