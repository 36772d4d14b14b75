package io.gemproxy.server.telemetry;

import io.gemproxy.server.exchange.Attempt;
import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.LendingTrace;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A span for each exchange and, under it, one for each attempt, made when the exchange is over: the
 * request itself carries nothing of it.
 */
final class GenAiSpans {
    private final Tracer tracer;
    private final URI upstream;

    GenAiSpans(Tracer tracer, URI upstream) {
        this.tracer = tracer;
        this.upstream = upstream;
    }

    void finished(FinishedExchange finished) {
        Exchange exchange = finished.exchange();
        Attributes asked = GenAi.asked(finished, upstream);
        String name =
                asked.get(GenAi.OPERATION)
                        + GenAi.model(finished).map(model -> " " + model).orElse("");
        Instant start = exchange.startedAt();
        Span span =
                tracer.spanBuilder(name)
                        .setSpanKind(SpanKind.SERVER)
                        .setParent(parent(exchange))
                        .setStartTimestamp(start)
                        .setAllAttributes(asked)
                        .startSpan();
        if (span.isRecording()) {
            describe(span, finished);
            attempts(span, name, asked, finished);
        }
        span.end(start.plus(finished.duration()));
    }

    private static Context parent(Exchange exchange) {
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
        span.setAttribute("http.request.method", finished.exchange().method());
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

    /** Each attempt begins with the key it was lent; the last one lasts until the answer's end. */
    private void attempts(Span parent, String name, Attributes asked, FinishedExchange finished) {
        Instant start = finished.exchange().startedAt();
        List<Duration> lent =
                finished.lendings().stream()
                        .filter(lending -> lending.lent().isPresent())
                        .map(LendingTrace::after)
                        .toList();
        List<Attempt> attempts = finished.attempts();
        for (int i = 0; i < attempts.size() && i < lent.size(); i++) {
            Attempt attempt = attempts.get(i);
            Instant begin = start.plus(lent.get(i));
            boolean answers = attempt.outcome() instanceof AttemptOutcome.Succeeded;
            Instant end = answers ? start.plus(finished.duration()) : begin.plus(attempt.took());
            attempt(parent, name, asked, attempt, begin).end(end);
        }
    }

    private Span attempt(
            Span parent, String name, Attributes asked, Attempt attempt, Instant begin) {
        KeyId key = attempt.key();
        Span span =
                tracer.spanBuilder(name)
                        .setSpanKind(SpanKind.CLIENT)
                        .setParent(Context.root().with(parent))
                        .setStartTimestamp(begin)
                        .setAllAttributes(asked)
                        .setAttribute("gemproxy.key_id", key.value())
                        .startSpan();
        if (!(attempt.outcome() instanceof AttemptOutcome.Succeeded)) {
            span.setAttribute(GenAi.ERROR, attempt.outcome().label());
            span.setStatus(StatusCode.ERROR);
        }
        return span;
    }
}
