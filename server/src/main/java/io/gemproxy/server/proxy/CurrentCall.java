package io.gemproxy.server.proxy;

import io.gemproxy.server.upstream.UpstreamCall;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The upstream call of an exchange that runs now, so that another thread can abort it when the
 * client leaves.
 */
final class CurrentCall {
    private @Nullable UpstreamCall running;
    private final CountDownLatch aborted = new CountDownLatch(1);

    /** Notes the call; aborts it at once if the client has already left. */
    synchronized void starts(UpstreamCall call) {
        running = call;
        if (aborted()) {
            call.abort();
        }
    }

    synchronized void abort() {
        aborted.countDown();
        if (running != null) {
            running.abort();
        }
    }

    boolean aborted() {
        return aborted.getCount() == 0;
    }

    /** Waits that long; returns false, and at once, when the client leaves. */
    boolean staysFor(Duration time) {
        try {
            return !aborted.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
