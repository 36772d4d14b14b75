package io.gemproxy.server.telemetry;

import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.OutgoingTrace;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.util.List;
import java.util.Optional;

/** Tells Google that its work is part of our span for the attempt, in the caller's trace. */
final class OurTrace implements OutgoingTrace {
    private final Sampler sampler;

    /**
     * @param sampler the one that decides later whether the span is kept
     */
    OurTrace(Sampler sampler) {
        this.sampler = sampler;
    }

    @Override
    public Optional<String> parent(Exchange exchange, int attempt) {
        String trace = SpanIds.trace(exchange);
        boolean kept =
                sampler.shouldSample(
                                        GenAiSpans.parent(exchange),
                                        trace,
                                        "",
                                        SpanKind.SERVER,
                                        Attributes.empty(),
                                        List.of())
                                .getDecision()
                        == SamplingDecision.RECORD_AND_SAMPLE;
        String span = SpanIds.client(exchange, attempt);
        return Optional.of("00-" + trace + "-" + span + (kept ? "-01" : "-00"));
    }
}
