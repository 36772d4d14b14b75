package io.gemproxy.server.metrics;

import io.helidon.metrics.api.Tag;
import java.util.List;
import java.util.function.ToLongFunction;

/** How often the configuration was read again, and what came of it. */
public final class ReloadMeters {
    private static final List<String> RESULTS =
            List.of("applied", "partial", "unchanged", "rejected");

    private ReloadMeters() {}

    /**
     * Registers one counter for each result.
     *
     * @param count of a result since the start
     */
    public static void register(Meters meters, ToLongFunction<String> count) {
        for (String result : RESULTS) {
            meters.counted(
                    "gemini_proxy_config_reloads_total",
                    "How often the configuration was read again, by what came of it",
                    () -> count.applyAsLong(result),
                    Tag.create("result", result));
        }
    }
}
