package io.gemproxy.server.telemetry;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Metrics whose state can be asked for instead of being sent. */
final class ReadMetrics implements MetricReader {
    private static final AttributeKey<String> MODALITY =
            AttributeKey.stringKey("gen_ai.token.modality");

    final GenAiMetrics metrics;
    private CollectionRegistration source = CollectionRegistration.noop();

    ReadMetrics() {
        SdkMeterProvider meters = SdkMeterProvider.builder().registerMetricReader(this).build();
        metrics =
                new GenAiMetrics(
                        meters.get("test"), new ToldModels(), URI.create("https://google.test"));
    }

    /** The sums of a counter; empty if it never counted. */
    Map<String, Long> byModality(String name) {
        return named(name)
                .flatMap(metric -> metric.getLongSumData().getPoints().stream())
                .collect(
                        toMap(
                                point -> String.valueOf(point.getAttributes().get(MODALITY)),
                                point -> point.getValue()));
    }

    /** The sum of each series of a histogram. */
    List<Double> sums(String name) {
        return points(name).map(HistogramPointData::getSum).toList();
    }

    /** How many entries each series of a histogram has. */
    List<Long> counts(String name) {
        return points(name).map(HistogramPointData::getCount).toList();
    }

    /** What an attribute of a histogram's series says. */
    Set<String> values(String name, String attribute) {
        return points(name)
                .map(point -> point.getAttributes().get(AttributeKey.stringKey(attribute)))
                .map(String::valueOf)
                .collect(toSet());
    }

    /** The boundaries of a histogram. */
    List<Double> buckets(String name) {
        return points(name).findFirst().orElseThrow().getBoundaries();
    }

    private Stream<HistogramPointData> points(String name) {
        return named(name).flatMap(metric -> metric.getHistogramData().getPoints().stream());
    }

    private Stream<MetricData> named(String name) {
        return source.collectAllMetrics().stream().filter(it -> it.getName().equals(name));
    }

    @Override
    public void register(CollectionRegistration registration) {
        source = registration;
    }

    @Override
    public AggregationTemporality getAggregationTemporality(InstrumentType type) {
        return AggregationTemporality.CUMULATIVE;
    }

    @Override
    public CompletableResultCode forceFlush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }
}
