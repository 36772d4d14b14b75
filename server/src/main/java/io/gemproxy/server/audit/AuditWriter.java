package io.gemproxy.server.audit;

import io.gemproxy.server.exchange.FinishedExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** The one thread that turns entries into lines and appends them; it alone touches the files. */
final class AuditWriter implements Runnable {
    /** What the queue holds. */
    sealed interface Entry {
        /** The end of a request. */
        record Finished(FinishedExchange exchange) implements Entry {}

        /** Any other event. */
        record Happened(AuditEvent event) implements Entry {}

        /** Tells a waiting thread that all before it is on file. */
        record Mark(CountDownLatch reached) implements Entry {}
    }

    /** So many waiting records need no gathering. */
    private static final int BUSY = 256;

    private static final int MAX_BATCH = 2_048;
    private static final Duration GATHER = Duration.ofMillis(2);
    private static final Duration RETRY = Duration.ofMillis(50);
    private static final Duration CHECK = Duration.ofSeconds(1);
    private static final System.Logger LOG = System.getLogger(AuditWriter.class.getName());

    private final BlockingQueue<Entry> queue;
    private final Losses losses;
    private final LogKeeping keeping;
    private final LongSupplier nanoTime;
    private final AtomicBoolean reopen = new AtomicBoolean();
    private final AtomicLong written = new AtomicLong();
    private final List<Entry> batch = new ArrayList<>(MAX_BATCH);
    private long unsettled;
    private long checkedNanos;
    private volatile boolean failing;
    private volatile boolean closing;
    private volatile long deadlineNanos;

    AuditWriter(
            BlockingQueue<Entry> queue, Losses losses, LogKeeping keeping, LongSupplier nanoTime) {
        this.queue = queue;
        this.losses = losses;
        this.keeping = keeping;
        this.nanoTime = nanoTime;
        this.checkedNanos = nanoTime.getAsLong();
    }

    boolean failing() {
        return failing;
    }

    /** Records on file; checkpoints do not count. */
    long written() {
        return written.get();
    }

    void requestReopen() {
        reopen.set(true);
    }

    /** Lets the thread end once the queue is empty, or at the deadline with what is left lost. */
    void finish(Duration patience) {
        deadlineNanos = nanoTime.getAsLong() + patience.toNanos();
        closing = true;
    }

    @Override
    public void run() {
        while (!closing || !queue.isEmpty()) {
            try {
                gather();
                serialise();
                append();
                maintain();
            } catch (RuntimeException | Error bug) {
                abandon(bug);
            }
            batch.clear();
        }
        keeping.close();
    }

    /** What is left of the batch is lost; the thread must live, or all later records are too. */
    private void abandon(Throwable bug) {
        losses.add(unsettled);
        unsettled = 0;
        keeping.takeBack();
        failed(bug);
        LockSupport.parkNanos(RETRY.toNanos());
    }

    private boolean late() {
        return nanoTime.getAsLong() - deadlineNanos >= 0;
    }

    private void gather() {
        try {
            Entry first = queue.poll(closing ? 0 : CHECK.toMillis(), TimeUnit.MILLISECONDS);
            if (first == null) {
                return;
            }
            boolean quiet = queue.size() < BUSY && queue.remainingCapacity() > 0;
            if (quiet && !closing && !(first instanceof Entry.Mark)) {
                // the next requests need not wake a sleeping thread each: far cheaper for them
                LockSupport.parkNanos(GATHER.toNanos());
            }
            batch.add(first);
            queue.drainTo(batch, MAX_BATCH - 1);
        } catch (InterruptedException stop) {
            closing = true;
        }
    }

    private void serialise() {
        for (Entry entry : batch) {
            unsettled += entry instanceof Entry.Mark ? 0 : 1;
        }
        LineBatch lines = keeping.begin();
        for (Entry entry : batch) {
            if (!lines.add(entry)) {
                unsettled--;
                losses.add(1);
            }
        }
    }

    /** Does not return before the batch is on file, unless the log is closed meanwhile. */
    private void append() {
        long records = keeping.lines().records();
        boolean done = keeping.lines().isEmpty();
        while (!done) {
            try {
                keeping.append();
                recovered();
                written.addAndGet(records);
                done = true;
            } catch (IOException | RuntimeException failure) {
                failed(failure);
                if (closing && late()) {
                    losses.add(records);
                    keeping.takeBack();
                    break;
                }
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
        unsettled = 0;
        for (Entry entry : batch) {
            if (entry instanceof Entry.Mark(CountDownLatch reached)) {
                reached.countDown();
            }
        }
    }

    private void failed(Throwable failure) {
        if (!failing) {
            failing = true;
            LOG.log(System.Logger.Level.ERROR, "the audit log cannot be written", failure);
        }
        keeping.failed();
    }

    private void recovered() {
        if (failing) {
            failing = false;
            LOG.log(System.Logger.Level.WARNING, "the audit log is written again");
        }
    }

    /** Also the way back after a failure that left nothing to write. */
    private void maintain() {
        long now = nanoTime.getAsLong();
        boolean due = now - checkedNanos >= CHECK.toNanos();
        boolean reopening = reopen.getAndSet(false);
        if (due) {
            checkedNanos = now;
        }
        try {
            if (keeping.maintain(due, reopening)) {
                recovered();
            }
        } catch (IOException | RuntimeException failure) {
            failed(failure);
        }
    }
}
