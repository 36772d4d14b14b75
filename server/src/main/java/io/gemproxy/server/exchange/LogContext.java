package io.gemproxy.server.exchange;

import java.util.Optional;

/** What a line of the application log knows about the request it belongs to. */
public final class LogContext {
    /**
     * Bound by the listener for as long as a request runs; threads forked in a scope inherit it.
     */
    public static final ScopedValue<RequestId> REQUEST_ID = ScopedValue.newInstance();

    private LogContext() {}

    /** The request that runs on this thread, if one does. */
    public static Optional<RequestId> requestId() {
        return REQUEST_ID.isBound() ? Optional.of(REQUEST_ID.get()) : Optional.empty();
    }
}
