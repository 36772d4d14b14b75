package io.gemproxy.server;

import io.gemproxy.server.listener.ProxyListener;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Knocks at the proxy port every few seconds: an accept loop that died looks alive from inside. */
final class ListenerProbe implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ScheduledExecutorService knocking =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("listener-probe").daemon()::unstarted);
    private volatile boolean accepts = true;

    ListenerProbe(ProxyListener listener) {
        var _ =
                knocking.scheduleWithFixedDelay(
                        () -> accepts = listener.accepts(PATIENCE),
                        EVERY.toMillis(),
                        EVERY.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    boolean accepts() {
        return accepts;
    }

    @Override
    public void close() {
        knocking.shutdownNow();
    }
}
