package io.gemproxy.server.telemetry;

import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.exchange.TraceContext;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * A span for each exchange and, under it, one for each attempt, made when the exchange is over: the
 * request itself carries nothing of it.
 */
final class GenAiSpans {
    private final Tracer tracer;
    private final ToldModels models;
    private final URI upstream;

    GenAiSpans(Tracer tracer, ToldModels models, URI upstream) {
        this.models = models;
        this.tracer = tracer;
        this.upstream = upstream;
    }

    void finished(FinishedExchange finished) {
        Exchange exchange = finished.exchange();
        Optional<String> model = models.of(finished);
        Attributes asked = GenAi.asked(finished, model, upstream);
        String name = asked.get(GenAi.OPERATION) + model.map(it -> " " + it).orElse("");
        Instant start = exchange.startedAt();
        Span span =
                SpanIds.start(
                        tracer.spanBuilder(name)
                                .setSpanKind(SpanKind.SERVER)
                                .setParent(parent(exchange))
                                .setStartTimestamp(start)
                                .setAllAttributes(asked),
                        SpanIds.trace(exchange),
                        SpanIds.server(exchange));
        if (span.isRecording()) {
            Optional<String> answering = models.answering(finished);
            answering.ifPresent(it -> span.setAttribute(GenAi.ANSWERED_BY, it));
            describe(span, finished);
            attempts(span, name, asked, answering, finished);
        }
        span.end(start.plus(finished.duration()));
    }

    static Context parent(Exchange exchange) {
        return exchange.trace().map(GenAiSpans::remote).orElse(Context.root());
    }

    private static Context remote(TraceContext trace) {
        SpanContext caller =
                SpanContext.createFromRemoteParent(
                        trace.traceId(),
                        trace.parentId(),
                        trace.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
                        TraceState.getDefault());
        return Context.root().with(Span.wrap(caller));
    }

    private static void describe(Span span, FinishedExchange finished) {
        RequestId id = finished.exchange().id();
        span.setAttribute("gemproxy.request_id", id.value());
        span.setAttribute("http.request.method", GenAi.method(finished));
        span.setAttribute("http.response.status_code", finished.status());
        finished.tokens()
                .ifPresent(used -> {
                    span.setAttribute(GenAi.INPUT, used.prompt() + used.toolUse());
                    span.setAttribute(GenAi.OUTPUT, used.candidates() + used.thoughts());
                    span.setAttribute(GenAi.CACHED, used.cached());
                    span.setAttribute(GenAi.REASONING, used.thoughts());
                });
        GenAi.error(finished)
                .ifPresent(error -> {
                    span.setAttribute(GenAi.ERROR, error);
                    span.setStatus(StatusCode.ERROR);
                });
    }

    private void attempts(
            Span parent,
            String name,
            Attributes asked,
            Optional<String> answering,
            FinishedExchange finished) {
        Exchange exchange = finished.exchange();
        Instant start = exchange.startedAt();
        for (TimedAttempt timed : TimedAttempt.of(finished)) {
            KeyId key = timed.attempt().key();
            Span span =
                    SpanIds.start(
                            tracer.spanBuilder(name)
                                    .setSpanKind(SpanKind.CLIENT)
                                    .setParent(Context.root().with(parent))
                                    .setStartTimestamp(start.plus(timed.begin()))
                                    .setAllAttributes(asked)
                                    .setAttribute("gemproxy.key_id", key.value()),
                            SpanIds.trace(exchange),
                            SpanIds.client(exchange, timed.number()));
            if (timed.succeeded()) {
                answering.ifPresent(it -> span.setAttribute(GenAi.ANSWERED_BY, it));
            } else {
                span.setAttribute(GenAi.ERROR, timed.attempt().outcome().label());
                span.setStatus(StatusCode.ERROR);
            }
            span.end(start.plus(timed.end()));
        }
    }
}
