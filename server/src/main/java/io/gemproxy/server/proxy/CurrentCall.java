package io.gemproxy.server.proxy;

import io.gemproxy.server.upstream.UpstreamCall;
import org.jspecify.annotations.Nullable;

/**
 * The upstream call of an exchange that runs now, so that another thread can abort it when the
 * client leaves.
 */
final class CurrentCall {
    private @Nullable UpstreamCall running;
    private boolean aborted;

    /** Notes the call; aborts it at once if the client has already left. */
    synchronized void starts(UpstreamCall call) {
        running = call;
        if (aborted) {
            call.abort();
        }
    }

    synchronized void abort() {
        aborted = true;
        if (running != null) {
            running.abort();
        }
    }

    synchronized boolean aborted() {
        return aborted;
    }
}
