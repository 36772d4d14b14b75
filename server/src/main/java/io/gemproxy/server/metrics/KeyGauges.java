package io.gemproxy.server.metrics;

import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.KeyStatus;
import io.helidon.metrics.api.Meter;
import io.helidon.metrics.api.Tag;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** One health gauge for each key of the pool, as the pool is at each scrape. */
public final class KeyGauges {
    private final Meters meters;
    private final Supplier<List<KeyStatus>> keys;
    private final Map<KeyId, Meter> gauges = new HashMap<>();
    private volatile Map<KeyId, KeyStatus> now = Map.of();

    public KeyGauges(Meters meters, Supplier<List<KeyStatus>> keys) {
        this.meters = meters;
        this.keys = keys;
    }

    /** Reads the pool; keys that came get a gauge, keys that went lose theirs. */
    public synchronized void refresh() {
        now =
                keys.get().stream()
                        .collect(Collectors.toUnmodifiableMap(KeyStatus::id, Function.identity()));
        gauges.entrySet().removeIf(this::gone);
        now.keySet().forEach(id -> gauges.computeIfAbsent(id, this::gauge));
    }

    private boolean gone(Map.Entry<KeyId, Meter> gauge) {
        if (now.containsKey(gauge.getKey())) {
            return false;
        }
        meters.remove(gauge.getValue());
        return true;
    }

    private Meter gauge(KeyId id) {
        return meters.gauge(
                "gemini_proxy_api_key_health",
                "Health of a pooled key, from 0 (nothing works) to 1",
                () -> health(id),
                Tag.create("key", id.value()));
    }

    private Double health(KeyId id) {
        KeyStatus status = now.get(id);
        return status == null ? Double.valueOf(Double.NaN) : Double.valueOf(status.health());
    }
}
