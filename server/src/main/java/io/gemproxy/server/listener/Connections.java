package io.gemproxy.server.listener;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** The open connections of one listener, what they carried, and the thread that ends late ones. */
final class Connections implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(50);

    /**
     * How long a drain waits for the next request of a connection since its last answer: a client
     * that is busy sends one, is answered and told that it was the last.
     */
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final Set<DownstreamConnection> open = ConcurrentHashMap.newKeySet();
    private final LongAdder bytesIn = new LongAdder();
    private final LongAdder bytesOut = new LongAdder();
    private final LongSupplier nanoTime;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread reaper;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition quiet = lock.newCondition();
    private final AtomicInteger running = new AtomicInteger();
    private final Set<DownstreamConnection> elders = ConcurrentHashMap.newKeySet();
    private volatile long drainEnds;
    private volatile boolean draining;

    Connections(String name, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.reaper = Thread.ofPlatform().daemon().name(name + "-deadlines").start(this::reap);
    }

    private void reap() {
        try {
            while (!stop.await(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
                long now = nanoTime.getAsLong();
                open.forEach(connection -> connection.closeIfLate(now));
                if (draining) {
                    open.forEach(connection -> connection.closeIfIdle(FAREWELL, now));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void add(DownstreamConnection connection) {
        open.add(connection);
    }

    void remove(DownstreamConnection connection) {
        open.remove(connection);
    }

    int count() {
        return open.size();
    }

    void received(long bytes) {
        bytesIn.add(bytes);
    }

    void sent(long bytes) {
        bytesOut.add(bytes);
    }

    long bytesIn() {
        return bytesIn.sum();
    }

    long bytesOut() {
        return bytesOut.sum();
    }

    /** Every answer is the last of its connection from now on, and nobody is idle for long. */
    void drain() {
        elders.addAll(open);
        drainEnds = nanoTime.getAsLong() + FAREWELL.toNanos();
        draining = true;
    }

    boolean draining() {
        return draining;
    }

    void exchangeStarted() {
        running.incrementAndGet();
    }

    void exchangeEnded() {
        if (running.decrementAndGet() == 0) {
            lock.lock();
            try {
                quiet.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    int running() {
        return running.get();
    }

    /** True as soon as no exchange runs, false if that did not come within {@code atMost}. */
    boolean awaitQuiet(Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (running.get() > 0) {
                if (left <= 0) {
                    return false;
                }
                left = quiet.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until a drain has nobody left to wait for.
     *
     * @param arriving where nobody is taken any more: how many that were have a socket
     * @return false if that did not come within {@code atMost}
     */
    boolean awaitDrained(Duration atMost, Optional<IntSupplier> arriving)
            throws InterruptedException {
        long end = nanoTime.getAsLong() + atMost.toNanos();
        lock.lock();
        try {
            while (!isDrained(arriving)) {
                long left = end - nanoTime.getAsLong();
                if (left <= 0) {
                    return false;
                }
                var _ = quiet.awaitNanos(Math.min(left, TICK.toNanos()));
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Who gets no further than a handshake is not waited for longer than who is idle. */
    private boolean isDrained(Optional<IntSupplier> arriving) {
        elders.removeIf(elder -> !open.contains(elder));
        if (running.get() > 0 || !elders.isEmpty()) {
            return false;
        }
        boolean patient = nanoTime.getAsLong() - drainEnds < 0;
        return arriving.isEmpty()
                || (open.isEmpty() && (!patient || arriving.get().getAsInt() == 0));
    }

    void closeAll() {
        open.forEach(DownstreamConnection::abort);
    }

    @Override
    public void close() {
        stop.countDown();
        closeAll();
        reaper.interrupt();
    }
}
