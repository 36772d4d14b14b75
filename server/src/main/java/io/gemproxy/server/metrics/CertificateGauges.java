package io.gemproxy.server.metrics;

import io.helidon.metrics.api.Meter;
import io.helidon.metrics.api.Tag;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** How long each served certificate is still good, as the ports are at each scrape. */
public final class CertificateGauges {
    private static final List<String> RESULTS = List.of("served", "refused");

    /** Certificates beyond this number have no gauges of their own. */
    private static final int MOST = 100;

    private final Meters meters;
    private final Supplier<List<CertificateMeasure>> served;
    private final InstantSource clock;
    private final Map<Place, Meter> gauges = new HashMap<>();
    private volatile Map<Place, Instant> ends = Map.of();

    /** What tells one from another. */
    private record Place(String listener, String file) {}

    public CertificateGauges(
            Meters meters, Supplier<List<CertificateMeasure>> served, InstantSource clock) {
        this.meters = meters;
        this.served = served;
        this.clock = clock;
    }

    /**
     * Registers what became of changed files.
     *
     * @param count how often they were {@code served} or {@code refused}
     */
    public void register(ToLongFunction<String> count) {
        for (String result : RESULTS) {
            meters.counted(
                    "gemini_proxy_certificate_reloads_total",
                    "How often changed certificate files were read, by what came of it",
                    () -> count.applyAsLong(result),
                    Tag.create("result", result));
        }
    }

    /** Reads the ports; certificates that came get gauges, those that went lose theirs. */
    public synchronized void refresh() {
        ends =
                served.get().stream()
                        .limit(MOST)
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        it -> new Place(it.listener(), it.file()),
                                        CertificateMeasure::end,
                                        (one, other) -> one.isBefore(other) ? one : other));
        gauges.entrySet().removeIf(this::gone);
        ends.keySet().forEach(place -> gauges.computeIfAbsent(place, this::made));
    }

    private boolean gone(Map.Entry<Place, Meter> gauge) {
        if (ends.containsKey(gauge.getKey())) {
            return false;
        }
        meters.remove(gauge.getValue());
        return true;
    }

    private Meter made(Place place) {
        return meters.gauge(
                "gemini_proxy_certificate_expiry_seconds",
                "Seconds until a served certificate expires; negative once it has",
                () -> secondsLeft(place),
                Tag.create("listener", place.listener()),
                Tag.create("file", place.file()));
    }

    private Double secondsLeft(Place place) {
        Instant end = ends.get(place);
        return end == null
                ? Double.NaN
                : OperationMeters.inSeconds(Duration.between(clock.instant(), end));
    }
}
