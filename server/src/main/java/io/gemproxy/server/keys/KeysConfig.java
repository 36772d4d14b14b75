package io.gemproxy.server.keys;

import java.util.List;

/**
 * The pool ({@code gemini.selection}, {@code gemini.api_keys}).
 *
 * @param selection how the next key is chosen
 * @param keys in the order of the file
 */
public record KeysConfig(Selection selection, List<KeyConfig> keys) {
    /** The policies of {@code gemini.selection}. */
    public enum Selection {
        WEIGHTED_ROUND_ROBIN
    }
}
