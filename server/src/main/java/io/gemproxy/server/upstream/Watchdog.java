package io.gemproxy.server.upstream;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Keeps the deadlines of all exchanges with one thread that looks at each of them at every coarse
 * tick, which costs an exchange nothing but a clock reading per read.
 */
final class Watchdog implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Watchdog.class.getName());

    /** Something with deadlines. */
    interface Watched {
        /** Called at every tick; must not block. */
        void tick(long nowNanos);
    }

    private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
    private final LongSupplier nanoTime;
    private final Duration pause;
    private final Thread thread;
    private volatile boolean closed;

    Watchdog(LongSupplier nanoTime, Duration pause) {
        this.nanoTime = nanoTime;
        this.pause = pause;
        this.thread = Thread.ofPlatform().daemon().name("upstream-watchdog").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void watch(Watched exchange) {
        watched.add(exchange);
    }

    void forget(Watched exchange) {
        watched.remove(exchange);
    }

    long now() {
        return nanoTime.getAsLong();
    }

    int size() {
        return watched.size();
    }

    /** Looks at every exchange once. */
    void tick() {
        long now = nanoTime.getAsLong();
        for (Watched each : watched) {
            try {
                each.tick(now);
            } catch (RuntimeException failed) {
                // one exchange's fault must not end the deadlines of all others
                LOG.log(System.Logger.Level.WARNING, "a deadline could not be kept", failed);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(this, pause.toNanos());
            tick();
        }
    }
}
