package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.ClientConnection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Notices clients that leave while the upstream is silent. Most exchanges end within a tick and
 * cost one set entry; only a slow one gets a thread that reads its client's socket.
 */
public final class DepartureWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DepartureWatch.class.getName());
    private static final long TICK_MILLIS = 100;

    private final Set<Expectation> waiting = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService ticker =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("departure-watch").daemon()::unstarted);

    public DepartureWatch() {
        var _ =
                ticker.scheduleAtFixedRate(
                        this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Calls {@code onGone} when the client of the current request leaves before the expectation is
     * closed.
     */
    Expectation expect(Runnable onGone) {
        if (!ClientConnection.CURRENT.isBound()) {
            return new Expectation(null, onGone);
        }
        Expectation expectation = new Expectation(ClientConnection.CURRENT.get(), onGone);
        waiting.add(expectation);
        return expectation;
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }

    private void tick() {
        for (Expectation expectation : waiting) {
            try {
                expectation.age();
            } catch (RuntimeException failed) {
                // one connection's fault must not end the watch over all others
                LOG.log(System.Logger.Level.WARNING, "a client cannot be watched", failed);
            }
        }
    }

    /** An exchange whose client is expected to stay. */
    final class Expectation implements AutoCloseable {
        private final @Nullable ClientConnection connection;
        private final Runnable onGone;
        private ClientConnection.@Nullable Watch watch;
        private boolean aged;
        private boolean closed;

        private Expectation(@Nullable ClientConnection connection, Runnable onGone) {
            this.connection = connection;
            this.onGone = onGone;
        }

        private synchronized void age() {
            if (aged
                    && !closed
                    && watch == null
                    && connection != null
                    && connection.requestRead()) {
                watch = connection.watch(onGone);
            }
            aged = true;
        }

        /** True once the client is known to have left. */
        boolean clientGone() {
            return connection != null && connection.gone();
        }

        @Override
        public synchronized void close() {
            closed = true;
            waiting.remove(this);
            if (watch != null) {
                watch.close();
            }
        }
    }
}
