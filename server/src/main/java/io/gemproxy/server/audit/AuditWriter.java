package io.gemproxy.server.audit;

import io.gemproxy.server.exchange.FinishedExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
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
import org.jspecify.annotations.Nullable;

/** The one thread that turns entries into lines and appends them; it alone touches the file. */
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
    private final AuditFile.Opener opener;
    private final LongSupplier nanoTime;
    private final JsonLine line = new JsonLine();
    private final AuditFormat format = new AuditFormat(line);
    private final AtomicBoolean reopen = new AtomicBoolean();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final List<Entry> batch = new ArrayList<>(MAX_BATCH);
    private @Nullable AuditFile file;
    private long seq;
    private long lines;
    private long unsettled;
    private long checkedNanos;
    private boolean dirty;
    private volatile boolean failing;
    private volatile boolean closing;
    private volatile long deadlineNanos;

    AuditWriter(
            BlockingQueue<Entry> queue,
            AuditFile.Opener opener,
            AuditFile file,
            long seq,
            LongSupplier nanoTime) {
        this.queue = queue;
        this.nanoTime = nanoTime;
        this.checkedNanos = nanoTime.getAsLong();
        this.opener = opener;
        this.file = file;
        this.seq = seq;
    }

    boolean failing() {
        return failing;
    }

    long written() {
        return written.get();
    }

    AtomicLong lost() {
        return lost;
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
        shut();
    }

    /** What is left of the batch is lost; the thread must live, or all later records are too. */
    private void abandon(Throwable bug) {
        lost.addAndGet(unsettled);
        unsettled = 0;
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
        line.clear();
        lines = 0;
        unsettled = batch.stream().filter(entry -> !(entry instanceof Entry.Mark)).count();
        for (Entry entry : batch) {
            int start = line.length();
            try {
                serialise(entry);
            } catch (RuntimeException bug) {
                line.truncate(start);
                unsettled--;
                lost.incrementAndGet();
                LOG.log(System.Logger.Level.ERROR, "an audit record could not be made", bug);
            }
        }
    }

    private void serialise(Entry entry) {
        switch (entry) {
            case Entry.Finished(FinishedExchange exchange) -> format.exchange(seq + 1, exchange);
            case Entry.Happened(AuditEvent event) -> format.event(seq + 1, event);
            case Entry.Mark mark -> {
                return;
            }
        }
        seq++;
        lines++;
    }

    /** Does not return before the batch is on file, unless the log is closed meanwhile. */
    private void append() {
        ByteBuffer bytes = line.bytes();
        while (bytes.hasRemaining()) {
            try {
                openFile().write(bytes);
                recovered();
            } catch (IOException | RuntimeException failure) {
                failed(failure);
                startLineAgain(bytes);
                if (closing && late()) {
                    lost.addAndGet(lines(bytes));
                    break;
                }
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
        acknowledge(bytes);
    }

    private void acknowledge(ByteBuffer bytes) {
        dirty |= line.length() > 0;
        written.addAndGet(lines - lines(bytes));
        unsettled = 0;
        for (Entry entry : batch) {
            if (entry instanceof Entry.Mark(CountDownLatch reached)) {
                reached.countDown();
            }
        }
    }

    /** The file is opened anew after a failure, and there a line must not begin in its middle. */
    private static void startLineAgain(ByteBuffer bytes) {
        int start = bytes.position();
        while (start > 0 && bytes.get(start - 1) != '\n') {
            start--;
        }
        bytes.position(start);
    }

    private static long lines(ByteBuffer bytes) {
        long count = 0;
        for (int i = bytes.position(); i < bytes.limit(); i++) {
            count += bytes.get(i) == '\n' ? 1 : 0;
        }
        return count;
    }

    private AuditFile openFile() throws IOException {
        AuditFile open = file;
        if (open == null) {
            open = opener.open();
            file = open;
        }
        return open;
    }

    private void failed(Throwable failure) {
        if (!failing) {
            failing = true;
            LOG.log(System.Logger.Level.ERROR, "the audit log cannot be written", failure);
        }
        closeFile();
    }

    private void recovered() {
        if (failing) {
            failing = false;
            LOG.log(System.Logger.Level.WARNING, "the audit log is written again");
        }
    }

    private void maintain() {
        long now = nanoTime.getAsLong();
        boolean due = now - checkedNanos >= CHECK.toNanos();
        if (due) {
            checkedNanos = now;
            force();
        }
        AuditFile open = file;
        if (reopen.getAndSet(false) || (due && (open == null || open.isReplaced()))) {
            force();
            closeFile();
            openQuietly();
        }
    }

    /** Also the way back after a failure that left nothing to write. */
    private void openQuietly() {
        try {
            openFile();
            recovered();
        } catch (IOException failure) {
            failed(failure);
        }
    }

    private void force() {
        AuditFile open = file;
        if (!dirty || open == null) {
            return;
        }
        try {
            open.force();
            dirty = false;
        } catch (IOException failure) {
            failed(failure);
        }
    }

    private void closeFile() {
        AuditFile open = file;
        file = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException | RuntimeException alreadyBroken) {
                LOG.log(System.Logger.Level.DEBUG, "closing the audit file failed", alreadyBroken);
            }
        }
    }

    private void shut() {
        force();
        closeFile();
    }
}
