package io.gemproxy.server.listener;

import io.helidon.webserver.ConnectionContext;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * All open connections of a listener; closes those whose client keeps the server waiting too long.
 */
final class Connections implements AutoCloseable {
    private static final long SCAN_MILLIS = 100;

    private final Set<GuardedConnection> open = ConcurrentHashMap.newKeySet();
    private final Deadlines deadlines;
    private final LongSupplier nanoTime;
    private final ScheduledExecutorService reaper =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("connection-reaper").daemon()::unstarted);

    Connections(Deadlines deadlines, LongSupplier nanoTime) {
        this.deadlines = deadlines;
        this.nanoTime = nanoTime;
        var _ =
                reaper.scheduleWithFixedDelay(
                        this::reap, SCAN_MILLIS, SCAN_MILLIS, TimeUnit.MILLISECONDS);
    }

    GuardedConnection opened(ConnectionContext context) {
        GuardedConnection connection = new GuardedConnection(context, nanoTime);
        open.add(connection);
        return connection;
    }

    void closed(GuardedConnection connection) {
        open.remove(connection);
    }

    int count() {
        return open.size();
    }

    @Override
    public void close() {
        reaper.shutdownNow();
    }

    private void reap() {
        long now = nanoTime.getAsLong();
        open.removeIf(connection -> connection.stall().overdue(deadlines, now) && cut(connection));
    }

    /** Closing may wait for a stuck TLS write, so it is left to a thread of its own. */
    private static boolean cut(GuardedConnection connection) {
        Thread.ofVirtual().start(connection::cut);
        return true;
    }
}
