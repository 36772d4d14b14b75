package io.gemproxy.server.telemetry;

import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.TraceContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Ids of spans, made out of the request's own: so Google can be told of a span that is made only
 * when its exchange is over.
 */
final class SpanIds implements IdGenerator {
    private static final ScopedValue<Given> GIVEN = ScopedValue.newInstance();
    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;

    /** The caller's trace, or one of our own. */
    static String trace(Exchange exchange) {
        return exchange.trace()
                .map(TraceContext::traceId)
                .orElseGet(() -> hash(exchange, "trace", TRACE_BYTES));
    }

    /** The span of the whole exchange. */
    static String server(Exchange exchange) {
        return hash(exchange, "server", SPAN_BYTES);
    }

    /** The span of one attempt, counted from 0. */
    static String client(Exchange exchange, int attempt) {
        return hash(exchange, "client " + attempt, SPAN_BYTES);
    }

    /** Starts a span under that id; the trace counts where the span has no parent. */
    static Span start(SpanBuilder builder, String trace, String span) {
        return ScopedValue.where(GIVEN, new Given(trace, span)).call(builder::startSpan);
    }

    @Override
    public String generateSpanId() {
        return GIVEN.isBound() ? GIVEN.get().span() : IdGenerator.random().generateSpanId();
    }

    @Override
    public String generateTraceId() {
        return GIVEN.isBound() ? GIVEN.get().trace() : IdGenerator.random().generateTraceId();
    }

    private static String hash(Exchange exchange, String purpose, int bytes) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(
                                    (exchange.id().value() + " " + purpose)
                                            .getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private record Given(String trace, String span) {}
}
