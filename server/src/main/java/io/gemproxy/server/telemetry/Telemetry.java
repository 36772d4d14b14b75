package io.gemproxy.server.telemetry;

import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.OutgoingTrace;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tells a collector of each exchange. A request only puts into memory what threads of their own
 * send; what the collector does not take is dropped and the request does not notice.
 */
public final class Telemetry implements FinishedExchange.Listener, AutoCloseable {
    private static final String SCOPE = "io.gemproxy";
    private static final Duration SEND = Duration.ofSeconds(10);
    private static final int QUEUE = 4_096;
    private static final Duration LAST = Duration.ofSeconds(2);

    private final SdkTracerProvider tracers;
    private final SdkMeterProvider meters;
    private final Optional<GenAiSpans> spans;
    private final Optional<GenAiMetrics> metrics;
    private final OutgoingTrace outgoing;

    private Telemetry(
            TelemetryConfig config,
            String collector,
            Duration patience,
            Resource resource,
            URI upstream) {
        Sampler sampler =
                Sampler.parentBased(Sampler.traceIdRatioBased(config.samplePercent() / 100.0));
        Supplier<Map<String, String>> headers = headers(config);
        tracers = tracers(config, collector, patience, headers, sampler, resource);
        meters = meters(config, collector, patience, headers, resource);
        outgoing = config.traces() ? new OurTrace(sampler) : OutgoingTrace.AS_IT_CAME;
        ToldModels models = new ToldModels();
        spans =
                config.traces()
                        ? Optional.of(new GenAiSpans(tracers.get(SCOPE), models, upstream))
                        : Optional.empty();
        metrics =
                config.metrics()
                        ? Optional.of(new GenAiMetrics(meters.get(SCOPE), models, upstream))
                        : Optional.empty();
    }

    /**
     * Begins to tell; connects to nothing yet.
     *
     * @param endpoint of the collector; the paths of OTLP are added
     * @param version {@code service.version}
     * @param upstream where the Gemini API is
     */
    public static Telemetry start(
            TelemetryConfig config, URI endpoint, String version, URI upstream) {
        return start(config, endpoint, SEND, version, upstream);
    }

    /**
     * @param patience how long a sending may take
     */
    static Telemetry start(
            TelemetryConfig config, URI endpoint, Duration patience, String version, URI upstream) {
        Resource resource =
                Resource.create(
                        Attributes.of(
                                AttributeKey.stringKey("service.name"),
                                config.serviceName(),
                                AttributeKey.stringKey("service.version"),
                                version));
        String text = endpoint.toString();
        String collector = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        return new Telemetry(config, collector, patience, resource, upstream);
    }

    private static Supplier<Map<String, String>> headers(TelemetryConfig config) {
        return () ->
                config.headers()
                        .flatMap(secret -> CollectorHeaders.parse(secret.open()))
                        .orElse(Map.of());
    }

    /** What Google is told of a trace. */
    public OutgoingTrace outgoing() {
        return outgoing;
    }

    private static SdkTracerProvider tracers(
            TelemetryConfig config,
            String collector,
            Duration patience,
            Supplier<Map<String, String>> headers,
            Sampler sampler,
            Resource resource) {
        var tracers = SdkTracerProvider.builder().setResource(resource);
        if (config.traces()) {
            tracers.setIdGenerator(new SpanIds());
            tracers.setSampler(sampler);
            tracers.addSpanProcessor(
                    BatchSpanProcessor.builder(
                                    OtlpHttpSpanExporter.builder()
                                            .setEndpoint(collector + "/v1/traces")
                                            .setHeaders(headers)
                                            .setTimeout(patience)
                                            .build())
                            .setMaxQueueSize(QUEUE)
                            .build());
        }
        return tracers.build();
    }

    private static SdkMeterProvider meters(
            TelemetryConfig config,
            String collector,
            Duration patience,
            Supplier<Map<String, String>> headers,
            Resource resource) {
        var meters = SdkMeterProvider.builder().setResource(resource);
        if (config.metrics()) {
            meters.registerMetricReader(
                    PeriodicMetricReader.builder(
                                    OtlpHttpMetricExporter.builder()
                                            .setEndpoint(collector + "/v1/metrics")
                                            .setHeaders(headers)
                                            .setTimeout(patience)
                                            .build())
                            .setInterval(config.interval())
                            .build());
        }
        return meters.build();
    }

    @Override
    public void finished(FinishedExchange exchange) {
        spans.ifPresent(it -> it.finished(exchange));
        metrics.ifPresent(it -> it.finished(exchange));
    }

    /** Sends what is left, for at most two seconds. */
    @Override
    public void close() {
        // the sender waits in its shutdown for as long as the collector lets it
        Thread last = Thread.ofPlatform().daemon().name("telemetry-stop").start(this::sendRest);
        try {
            last.join(LAST);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendRest() {
        CompletableResultCode spansSent = tracers.shutdown();
        CompletableResultCode metricsSent = meters.shutdown();
        spansSent.join(LAST.toSeconds(), TimeUnit.SECONDS);
        metricsSent.join(LAST.toSeconds(), TimeUnit.SECONDS);
    }
}
