package io.gemproxy.server.explanation;

import io.gemproxy.server.exchange.RequestId;

/** A request in the history, in whatever form. */
sealed interface Kept permits PlainTrace, RequestTrace {
    RequestId id();

    RequestTrace trace();
}
