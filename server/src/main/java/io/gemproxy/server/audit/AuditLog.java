package io.gemproxy.server.audit;

import io.gemproxy.server.audit.AuditWriter.Entry;
import io.gemproxy.server.exchange.FinishedExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The audit log: one JSON line per finished exchange and per event, written by a thread of its own.
 * A request that finishes waits at most {@value #MAX_WAIT_MILLIS} ms for room in the queue; then
 * its record is lost and counted. A killed process loses what came in the last few milliseconds.
 */
public final class AuditLog implements FinishedExchange.Listener, AutoCloseable {
    static final int MAX_WAIT_MILLIS = 50;

    private static final System.Logger LOG = System.getLogger(AuditLog.class.getName());
    private static final int QUEUE = 16_384;
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final AuditConfig.OnFailure onFailure;
    private final BlockingQueue<Entry> queue;
    private final int capacity;
    private final AuditWriter writer;
    private final Thread thread;
    private final AuditLock lock;
    private final Duration closePatience;
    private volatile boolean closed;

    private AuditLog(
            AuditConfig.OnFailure onFailure,
            BlockingQueue<Entry> queue,
            AuditWriter writer,
            AuditLock lock,
            Duration closePatience) {
        this.onFailure = onFailure;
        this.queue = queue;
        this.capacity = queue.remainingCapacity();
        this.writer = writer;
        this.lock = lock;
        this.closePatience = closePatience;
        this.thread = Thread.ofPlatform().daemon().name("audit-writer").start(writer);
    }

    /**
     * Opens the log and continues its numbering.
     *
     * @param nanoTime a monotonic clock in nanoseconds
     * @throws AuditFileTaken if another server writes it
     * @throws IOException if the file cannot be opened: a startup error, whatever {@code
     *     on_failure}
     */
    public static AuditLog open(AuditConfig config, LongSupplier nanoTime) throws IOException {
        AuditLock lock = AuditLock.take(config.path());
        try {
            long seq = LastSequence.of(config.path());
            AuditFile.Opener opener = () -> AppendedFile.open(config.path());
            Room room = new Room(QUEUE, CLOSE_PATIENCE);
            return open(config, opener, seq, room, lock, nanoTime);
        } catch (IOException | RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    static AuditLog open(
            AuditConfig config, AuditFile.Opener opener, long seq, Room room, LongSupplier nanoTime)
            throws IOException {
        return open(config, opener, seq, room, AuditLock.NONE, nanoTime);
    }

    private static AuditLog open(
            AuditConfig config,
            AuditFile.Opener opener,
            long seq,
            Room room,
            AuditLock lock,
            LongSupplier nanoTime)
            throws IOException {
        BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(room.capacity());
        AuditWriter writer = new AuditWriter(queue, opener, opener.open(), seq, nanoTime);
        return new AuditLog(config.onFailure(), queue, writer, lock, room.closePatience());
    }

    /**
     * How much may wait, and how long closing may.
     *
     * @param capacity of the queue, in records
     * @param closePatience until what is left is given up
     */
    record Room(int capacity, Duration closePatience) {}

    /**
     * Whether a new request may be served: false while the log cannot be written and {@code
     * audit.on_failure} is {@code block}.
     */
    public boolean accepting() {
        return onFailure == AuditConfig.OnFailure.ALLOW
                || (!closed && !writer.failing() && queue.remainingCapacity() > 0);
    }

    @Override
    public void finished(FinishedExchange exchange) {
        enqueue(new Entry.Finished(exchange));
    }

    /**
     * Records a request that was refused before it could be read. Anybody can make these at no
     * cost, so they never wait and leave half of the queue to others; one that finds no room there
     * is lost and counted.
     */
    public void refused(FinishedExchange exchange) {
        boolean room = queue.remainingCapacity() > capacity / 2;
        if (closed || !room || !queue.offer(new Entry.Finished(exchange))) {
            writer.lost().incrementAndGet();
        }
    }

    /** Records an event under the same rules as a finished exchange. */
    public void record(AuditEvent event) {
        enqueue(new Entry.Happened(event));
    }

    /** Records on file since the start. */
    public long written() {
        return writer.written();
    }

    /** Records that could not be kept since the start; anything but 0 is an incident. */
    public long lost() {
        return writer.lost().get();
    }

    /** Lets go of the file and opens the path again, after it was rotated; returns at once. */
    public void reopen() {
        writer.requestReopen();
        wake();
    }

    /**
     * Waits until everything recorded before this call is on file.
     *
     * @return false if room in the queue, or then the writing, took longer than {@code patience}
     */
    public boolean flush(Duration patience) throws InterruptedException {
        CountDownLatch reached = new CountDownLatch(1);
        return queue.offer(new Entry.Mark(reached), patience.toNanos(), TimeUnit.NANOSECONDS)
                && reached.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Writes what is queued, for at most a few seconds, and closes the file. */
    @Override
    public void close() {
        closed = true;
        writer.finish(closePatience);
        wake();
        try {
            thread.join(closePatience.plusSeconds(1));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        unlock();
    }

    /** A writer that hangs in the file keeps the lock until the process ends. */
    private void unlock() {
        if (thread.isAlive()) {
            return;
        }
        try {
            lock.close();
        } catch (IOException failure) {
            LOG.log(System.Logger.Level.WARNING, "the audit lock was not released", failure);
        }
    }

    /** A full queue needs no waking. */
    private void wake() {
        queue.offer(new Entry.Mark(new CountDownLatch(1)));
    }

    private void enqueue(Entry entry) {
        if (closed || !offer(entry)) {
            writer.lost().incrementAndGet();
        }
    }

    private boolean offer(Entry entry) {
        if (queue.offer(entry)) {
            return true;
        }
        if (writer.failing()) {
            return false;
        }
        try {
            return queue.offer(entry, MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
