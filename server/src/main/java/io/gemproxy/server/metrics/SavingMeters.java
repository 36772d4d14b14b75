package io.gemproxy.server.metrics;

import java.util.function.Supplier;

/** What prompt caches saved, for all clients together: no label names a client. */
public final class SavingMeters {
    private SavingMeters() {}

    /**
     * Makes the meter.
     *
     * @param savedUsd US dollars since the start
     */
    public static void register(Meters meters, Supplier<Double> savedUsd) {
        meters.gauge(
                "gemini_proxy_cache_saved_usd",
                "US dollars since the start: cached input tokens at the price of uncached ones,"
                        + " less their own",
                savedUsd);
    }
}
