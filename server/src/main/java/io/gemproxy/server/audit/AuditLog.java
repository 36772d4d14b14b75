package io.gemproxy.server.audit;

import io.gemproxy.server.audit.AuditWriter.Entry;
import io.gemproxy.server.audit.chain.Chain;
import io.gemproxy.server.audit.chain.ChainKey;
import io.gemproxy.server.audit.chain.ChainKeyUnusable;
import io.gemproxy.server.exchange.FinishedExchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The audit log: one JSON line per finished exchange and per event, written by a thread of its own.
 * A request that finishes waits at most {@value #MAX_WAIT_MILLIS} ms for room in the queue; then
 * its record is lost and counted. A killed process loses what is in the queue: the last few
 * milliseconds, or up to {@value #QUEUE} records while the disk stands still. What a power cut
 * costs {@code audit.fsync} decides.
 */
public final class AuditLog implements FinishedExchange.Listener, AutoCloseable {
    static final int MAX_WAIT_MILLIS = 50;

    private static final System.Logger LOG = System.getLogger(AuditLog.class.getName());
    private static final int QUEUE = 16_384;
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final AuditConfig.OnFailure onFailure;
    private final BlockingQueue<Entry> queue;
    private final int capacity;
    private final Losses losses;
    private final AuditWriter writer;
    private final Thread thread;
    private final List<AuditLock> locks;
    private final Duration closePatience;
    private volatile boolean closed;

    private AuditLog(
            AuditConfig.OnFailure onFailure,
            BlockingQueue<Entry> queue,
            Losses losses,
            AuditWriter writer,
            List<AuditLock> locks,
            Duration closePatience) {
        this.onFailure = onFailure;
        this.queue = queue;
        this.capacity = queue.remainingCapacity();
        this.losses = losses;
        this.writer = writer;
        this.locks = locks;
        this.closePatience = closePatience;
        this.thread = Thread.ofPlatform().daemon().name("audit-writer").start(writer);
    }

    /**
     * Opens the log and continues its numbering and its chain.
     *
     * @param nanoTime a monotonic clock in nanoseconds
     * @param random for the key of the chain, where there is none yet
     * @throws AuditFileTaken if another server writes it
     * @throws ChainKeyUnusable if there is no key and none can be made
     * @throws IOException if the file cannot be opened: a startup error, whatever {@code
     *     on_failure}
     */
    public static AuditLog open(
            AuditConfig config, InstantSource clock, LongSupplier nanoTime, SecureRandom random)
            throws IOException {
        Path path = config.path();
        Path real = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
        return open(
                config,
                real,
                () -> LocalFile.open(real),
                new Room(QUEUE, CLOSE_PATIENCE),
                clock,
                nanoTime,
                random);
    }

    static AuditLog open(
            AuditConfig config,
            Path path,
            AuditFile.Opener opener,
            Room room,
            InstantSource clock,
            LongSupplier nanoTime,
            SecureRandom random)
            throws IOException {
        AuditLock lock = AuditLock.take(config.path());
        AuditLock headLock = AuditLock.NONE;
        try {
            headLock = AuditLock.ofHead(config.headFile());
            ChainKey key = ChainKey.readOrMake(config.chainKeyFile(), random);
            HeadFile head = new HeadFile(config.headFile());
            Continuation from =
                    Continuation.of(
                            LogTail.of(path, key), head.read(List.of(key)), key, clock.instant());
            Losses losses = new Losses(clock);
            LogKeeping keeping =
                    new LogKeeping(
                            opener,
                            new Chain(key, from.from()),
                            from.said(),
                            new Rotation(config, path, clock),
                            head,
                            losses,
                            config.fsync(),
                            clock);
            // whoever asks for room, or fills some, does not wait for the writer that empties it
            BlockingQueue<Entry> queue = new LinkedBlockingQueue<>(room.capacity());
            AuditWriter writer = new AuditWriter(queue, losses, keeping, nanoTime);
            return new AuditLog(
                    config.onFailure(),
                    queue,
                    losses,
                    writer,
                    List.of(lock, headLock),
                    room.closePatience());
        } catch (IOException | RuntimeException failure) {
            headLock.close();
            lock.close();
            throw failure;
        }
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
            losses.add(1);
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
        return losses.total();
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
        for (AuditLock lock : locks) {
            try {
                lock.close();
            } catch (IOException failure) {
                LOG.log(System.Logger.Level.WARNING, "an audit lock was not released", failure);
            }
        }
    }

    /** A full queue needs no waking. */
    private void wake() {
        queue.offer(new Entry.Mark(new CountDownLatch(1)));
    }

    private void enqueue(Entry entry) {
        if (closed || !offer(entry)) {
            losses.add(1);
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
