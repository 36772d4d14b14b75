package io.gemproxy.server.upstream;

import java.io.IOException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.LaxConnPool;
import org.apache.hc.core5.pool.PoolEntry;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.Deadline;
import org.apache.hc.core5.util.TimeValue;

/** Idle connections, last in first out; those the upstream has closed can be swept out. */
final class SweptPool extends LaxConnPool<HttpRoute, ManagedHttpClientConnection> {
    private static final TimeValue LIFETIME = TimeValue.ofMinutes(10);

    /** Connections used this recently are not probed: the next exchange finds out by itself. */
    private static final TimeValue BUSY = TimeValue.ofSeconds(1);

    SweptPool(int maxConnections) {
        super(maxConnections, LIFETIME, PoolReusePolicy.LIFO, null);
    }

    /** Closes idle connections that are expired, that the peer closed, or that hold stray input. */
    void sweep() {
        enumAvailable(SweptPool::discardIfDead);
    }

    private static void discardIfDead(PoolEntry<HttpRoute, ManagedHttpClientConnection> entry) {
        boolean expired = entry.getExpiryDeadline().isExpired();
        if (expired || (isResting(entry) && isDead(entry.getConnection()))) {
            entry.discardConnection(CloseMode.GRACEFUL);
        }
    }

    private static boolean isResting(PoolEntry<HttpRoute, ManagedHttpClientConnection> entry) {
        return Deadline.calculate(entry.getUpdated(), BUSY).isExpired();
    }

    private static boolean isDead(ManagedHttpClientConnection connection) {
        try {
            return connection.isStale() || !connection.isConsistent();
        } catch (IOException e) {
            return true;
        }
    }
}
