package io.gemproxy.server.exchange;

import java.util.Optional;

/** What Google is told of the trace that an attempt belongs to. */
@FunctionalInterface
public interface OutgoingTrace {
    /** What the client said passes as it came. */
    OutgoingTrace AS_IT_CAME = (exchange, attempt) -> Optional.empty();

    /**
     * The value of {@code traceparent} for an attempt.
     *
     * @param attempt of the exchange, from 0
     * @return empty if the client's own passes
     */
    Optional<String> parent(Exchange exchange, int attempt);
}
