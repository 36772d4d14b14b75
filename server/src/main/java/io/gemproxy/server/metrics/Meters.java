package io.gemproxy.server.metrics;

import io.helidon.metrics.api.Counter;
import io.helidon.metrics.api.FunctionalCounter;
import io.helidon.metrics.api.Gauge;
import io.helidon.metrics.api.Meter;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.Tag;
import io.helidon.metrics.api.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Makes the meters of one running server and takes them back when it stops. */
public final class Meters implements AutoCloseable {
    private final MeterRegistry registry;
    private final Queue<Made> made = new ConcurrentLinkedQueue<>();

    /**
     * A meter of this server.
     *
     * @param source what it reads: the registry holds on to it weakly, and reads 0 once it is gone
     */
    private record Made(Meter meter, Object source) {}

    /**
     * @param registry Helidon's; only its global one has a Prometheus side (ADR 0006)
     */
    public Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Makes meters in the registry of this process. */
    public static Meters ofThisProcess() {
        return new Meters(ProcessRegistry.get());
    }

    /** The Prometheus text of all meters; {@code beforeScrape} runs first at each scrape. */
    public MetricsText text(Runnable beforeScrape) {
        return new MetricsText(registry, beforeScrape);
    }

    /** A counter; to be kept by the caller, since this looks it up. */
    Counter counter(String name, String description, Tag... tags) {
        return keep(
                registry.getOrCreate(
                        Counter.builder(name).description(description).tags(List.of(tags))));
    }

    /** A counter kept elsewhere, read at each scrape. */
    Meter counted(String name, String description, LongSupplier count, Tag... tags) {
        forget(name, tags);
        return keep(
                registry.getOrCreate(
                        FunctionalCounter.builder(name, count, LongSupplier::getAsLong)
                                .description(description)
                                .tags(List.of(tags))),
                count);
    }

    /** A histogram of durations with these upper bounds, written in seconds. */
    Timer timer(String name, String description, List<Duration> bounds, Tag... tags) {
        // Without the empty percentiles the provider keeps an HdrHistogram ring of 270 kB per label
        // set and writes quantile lines that no Prometheus histogram may have (ADR 0006).
        return keep(
                registry.getOrCreate(
                        Timer.builder(name)
                                .percentiles(new double[0])
                                .buckets(bounds.toArray(Duration[]::new))
                                .description(description)
                                .tags(List.of(tags))));
    }

    /** A value read at each scrape. */
    Meter gauge(String name, String description, Supplier<Double> value, Tag... tags) {
        forget(name, tags);
        return keep(
                registry.getOrCreate(
                        Gauge.builder(name, value).description(description).tags(List.of(tags))),
                value);
    }

    void remove(Meter meter) {
        made.removeIf(it -> it.meter().equals(meter));
        registry.remove(meter);
    }

    @Override
    public void close() {
        made.forEach(it -> registry.remove(it.meter()));
        made.clear();
    }

    /** The registry would keep reading the supplier it was given first. */
    private void forget(String name, Tag... tags) {
        registry.remove(name, List.of(tags));
    }

    private <M extends Meter> M keep(M meter) {
        return keep(meter, meter);
    }

    private <M extends Meter> M keep(M meter, Object source) {
        made.add(new Made(meter, source));
        return meter;
    }
}
