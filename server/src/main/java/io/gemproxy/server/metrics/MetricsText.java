package io.gemproxy.server.metrics;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.MetricsConfig;
import io.helidon.metrics.spi.MeterRegistryFormatterProvider;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Writes all meters in the Prometheus text format 0.0.4, by Helidon's own formatter. */
public final class MetricsText {
    /** What the text is, in the words Prometheus asks for. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    /** A sum with a fraction, which Helidon's counters cannot hold. */
    private static final String TYPE = "# TYPE gemini_proxy_cost_usd_total";

    private final MeterRegistry registry;
    private final Runnable beforeScrape;
    private final List<MeterRegistryFormatterProvider> providers =
            ServiceLoader.load(MeterRegistryFormatterProvider.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();

    /**
     * @param registry whose meters are written
     * @param beforeScrape brings the gauges of keys up to date
     */
    public MetricsText(MeterRegistry registry, Runnable beforeScrape) {
        this.registry = registry;
        this.beforeScrape = beforeScrape;
    }

    /** The text of this moment; empty if there is no meter yet. */
    public String scrape() {
        beforeScrape.run();
        return providers.stream()
                .flatMap(provider -> format(provider).stream())
                .findFirst()
                .orElse("")
                .replace(TYPE + " gauge", TYPE + " counter");
    }

    private Optional<String> format(MeterRegistryFormatterProvider provider) {
        return provider.formatter(
                        MediaTypes.TEXT_PLAIN,
                        MetricsConfig.create(),
                        registry,
                        Optional.empty(),
                        List.of(),
                        List.of())
                .flatMap(formatter -> formatter.format())
                .map(Object::toString);
    }
}
