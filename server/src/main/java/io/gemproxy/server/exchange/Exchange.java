package io.gemproxy.server.exchange;

import io.gemproxy.server.gemini.GeminiTarget;
import io.gemproxy.server.gemini.ModelName;
import java.time.Instant;
import java.util.Optional;

/**
 * One request of a client, as known from its head.
 *
 * @param id ours, unique
 * @param clientRequestId the client's own {@code x-request-id}, if it is sane
 * @param startedAt wall clock
 * @param startedNanos monotonic clock, for durations
 * @param method e.g. {@code POST}; empty if the request could not be read
 * @param target what the path asks for; its path is canonical and is the one forwarded, or empty if
 *     the request could not be read
 * @param sourceIp the peer, or what a trusted proxy says
 * @param userAgent as sent, bounded
 * @param trace the trace it belongs to, if it says so
 */
public record Exchange(
        RequestId id,
        Optional<String> clientRequestId,
        Instant startedAt,
        long startedNanos,
        String method,
        GeminiTarget target,
        String sourceIp,
        Optional<String> userAgent,
        Optional<TraceContext> trace) {
    /** A request that belongs to no trace. */
    public Exchange(
            RequestId id,
            Optional<String> clientRequestId,
            Instant startedAt,
            long startedNanos,
            String method,
            GeminiTarget target,
            String sourceIp,
            Optional<String> userAgent) {
        this(
                id,
                clientRequestId,
                startedAt,
                startedNanos,
                method,
                target,
                sourceIp,
                userAgent,
                Optional.empty());
    }

    /** The same exchange, once its body has told the model its path does not name. */
    public Exchange withModel(ModelName model) {
        GeminiTarget told =
                new GeminiTarget(
                        target.path(),
                        target.dialect(),
                        target.operation(),
                        Optional.of(model),
                        target.resource());
        return new Exchange(
                id,
                clientRequestId,
                startedAt,
                startedNanos,
                method,
                told,
                sourceIp,
                userAgent,
                trace);
    }
}
