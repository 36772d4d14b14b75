package io.gemproxy.server.metrics;

import io.gemproxy.server.exchange.KeyId;
import io.helidon.metrics.api.Meter;
import io.helidon.metrics.api.Tag;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Health and circuit breaker of each key of the pool, as the pool is at each scrape. */
public final class KeyGauges {
    /** Keys beyond this number have no gauges of their own. */
    private static final int MOST_KEYS = 1000;

    private final Meters meters;
    private final Supplier<List<KeyMeasure>> keys;
    private final Map<KeyId, List<Meter>> gauges = new HashMap<>();
    private volatile Map<KeyId, KeyMeasure> now = Map.of();

    public KeyGauges(Meters meters, Supplier<List<KeyMeasure>> keys) {
        this.meters = meters;
        this.keys = keys;
    }

    /** Reads the pool; keys that came get gauges, keys that went lose theirs. */
    public synchronized void refresh() {
        now =
                keys.get().stream()
                        .limit(MOST_KEYS)
                        .collect(
                                Collectors.toUnmodifiableMap(KeyMeasure::key, Function.identity()));
        gauges.entrySet().removeIf(this::gone);
        now.keySet().forEach(id -> gauges.computeIfAbsent(id, this::made));
    }

    private boolean gone(Map.Entry<KeyId, List<Meter>> gauge) {
        if (now.containsKey(gauge.getKey())) {
            return false;
        }
        gauge.getValue().forEach(meters::remove);
        return true;
    }

    private List<Meter> made(KeyId id) {
        Tag key = Tag.create("key", id.value());
        return List.of(
                meters.gauge(
                        "gemini_proxy_api_key_health",
                        "Health of a pooled key, from 0 (nothing works) to 1",
                        () -> value(id, KeyMeasure::health),
                        key),
                meters.gauge(
                        "gemini_proxy_circuit_breaker_state",
                        "Circuit breaker of a pooled key: 0 closed, 1 half-open, 2 open",
                        () -> value(id, measure -> measure.breaker().number()),
                        key),
                meters.counted(
                        "gemini_proxy_circuit_breaker_trips_total",
                        "How often the circuit breaker of a pooled key opened",
                        () -> trips(id),
                        key));
    }

    private Double value(KeyId id, ToDoubleFunction<KeyMeasure> read) {
        KeyMeasure measure = now.get(id);
        return measure == null ? Double.NaN : read.applyAsDouble(measure);
    }

    private long trips(KeyId id) {
        KeyMeasure measure = now.get(id);
        return measure == null ? 0 : measure.trips();
    }
}
