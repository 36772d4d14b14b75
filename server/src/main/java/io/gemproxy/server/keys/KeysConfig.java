package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.keys.health.BreakerConfig;
import java.util.List;
import java.util.Map;

/**
 * The pool ({@code gemini.selection}, {@code gemini.breaker}, {@code gemini.api_keys}).
 *
 * @param selection how the next key is chosen
 * @param keys in the order of the file
 * @param breaker when a key that fails rests
 */
public record KeysConfig(Selection selection, List<KeyConfig> keys, BreakerConfig breaker) {
    /** The policies of {@code gemini.selection}. */
    public enum Selection {
        WEIGHTED_ROUND_ROBIN,
        LEAST_LOADED,
        MOST_HEADROOM
    }

    /** The same with other weights for some keys. */
    public KeysConfig weighing(Map<KeyId, Integer> weights) {
        return new KeysConfig(
                selection,
                keys.stream()
                        .map(key -> key.weighing(weights.getOrDefault(key.id(), key.weight())))
                        .toList(),
                breaker);
    }

    /** With the built-in breaker. */
    public KeysConfig(Selection selection, List<KeyConfig> keys) {
        this(selection, keys, BreakerConfig.STANDARD);
    }
}
