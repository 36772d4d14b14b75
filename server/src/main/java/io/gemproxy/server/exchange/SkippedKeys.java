package io.gemproxy.server.exchange;

import java.util.List;

/**
 * The keys that could not serve a wish.
 *
 * @param named some of them, at most {@link #MOST_NAMED}
 * @param more the others by reason, the most frequent first
 */
public record SkippedKeys(List<PassedOver> named, List<Count> more) {
    /** So many keys are named for one wish; the others are counted. */
    public static final int MOST_NAMED = 20;

    /** None was skipped. */
    public static final SkippedKeys NONE = new SkippedKeys(List.of(), List.of());

    public SkippedKeys {
        named = List.copyOf(named);
        more = List.copyOf(more);
    }

    /**
     * Keys that are not named.
     *
     * @param reason a stable word
     * @param keys how many could not serve because of it, at least 1
     */
    public record Count(String reason, int keys) {}

    /** These but the key that was lent after all. */
    public SkippedKeys without(KeyId lent) {
        return named.stream().noneMatch(key -> key.key().equals(lent))
                ? this
                : new SkippedKeys(
                        named.stream().filter(key -> !key.key().equals(lent)).toList(), more);
    }

    /** Whether none was skipped. */
    public boolean isEmpty() {
        return named.isEmpty() && more.isEmpty();
    }
}
