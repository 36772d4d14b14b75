package io.gemproxy.server.state;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps the state directory up to date: one thread writes what has changed, once a second, and a
 * journal at once when somebody waits for it. A disk that fails costs no request: it is tried
 * again.
 */
public final class StateKeeper implements AutoCloseable {
    /** What a crash may cost. */
    public static final Duration FLUSH_INTERVAL = Duration.ofSeconds(1);

    private static final System.Logger LOG = System.getLogger(StateKeeper.class.getName());
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final DirectoryLock lock;
    private final List<Stored> stored;
    private final InstantSource clock;
    private final Semaphore wakes = new Semaphore(0);
    private final AtomicLong failures = new AtomicLong();
    private final Thread thread;
    private volatile boolean closing;
    private volatile boolean flushed;
    private boolean failing;

    private StateKeeper(
            DirectoryLock lock, List<Stored> stored, Duration interval, InstantSource clock) {
        this.lock = lock;
        this.clock = clock;
        this.stored = stored;
        this.thread =
                Thread.ofPlatform().daemon().name("state-keeper").unstarted(() -> run(interval));
    }

    /**
     * Restores all that the directory holds, then begins to keep it. A file that is damaged or
     * written by a later version is set aside with a warning, and what can be had without it is.
     *
     * @param directory made, for its owner alone, if there is none
     * @param clock names what is set aside
     * @throws StateDirectoryTaken if another server keeps its state there
     * @throws IOException if the directory cannot be made, read or written
     */
    public static StateKeeper open(
            Path directory,
            List<StatePart<?>> parts,
            List<JournalPart<?>> journals,
            InstantSource clock)
            throws IOException {
        return open(directory, parts, journals, clock, new LocalDisk(), FLUSH_INTERVAL);
    }

    static StateKeeper open(
            Path directory,
            List<StatePart<?>> parts,
            List<JournalPart<?>> journals,
            InstantSource clock,
            Disk disk,
            Duration interval)
            throws IOException {
        DirectoryLock lock = DirectoryLock.take(directory);
        try {
            StateFiles files = new StateFiles(disk, directory, clock);
            List<Stored> stored = new ArrayList<>(List.of(new StateFile(files, parts)));
            journals.forEach(part -> stored.add(new Journal<>(files, part)));
            for (Stored each : stored) {
                each.load();
            }
            StateKeeper keeper = new StateKeeper(lock, stored, interval, clock);
            for (JournalPart<?> part : journals) {
                part.changes().confirmations().hurryBy(keeper.wakes::release);
            }
            keeper.thread.start();
            return keeper;
        } catch (IOException | RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    /** Writes that failed since the start. */
    public long failures() {
        return failures.get();
    }

    private void run(Duration interval) {
        try {
            boolean last;
            Instant written = clock.instant();
            do {
                long since = Duration.between(written, clock.instant()).toMillis();
                long left = Math.clamp(interval.toMillis() - since, 0, interval.toMillis());
                boolean woken = wakes.tryAcquire(left, TimeUnit.MILLISECONDS);
                wakes.drainPermits();
                last = closing;
                Instant now = clock.instant();
                // a clock that was set back must not keep the rest waiting
                boolean due = now.isBefore(written) || !now.isBefore(written.plus(interval));
                if (last || due || !woken) {
                    written = now;
                    flush(stored);
                } else {
                    flush(stored.stream().filter(Stored::isWanted).toList());
                }
            } while (!last);
            flushed = true;
            finish();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void finish() {
        for (Stored each : stored) {
            try {
                each.finish();
            } catch (IOException | RuntimeException asItWas) {
                LOG.log(Level.DEBUG, "the next start has more to read", asItWas);
            }
        }
    }

    private void flush(List<Stored> files) {
        boolean failed = false;
        for (Stored each : files) {
            try {
                each.flush();
            } catch (IOException | RuntimeException failure) {
                failed = true;
                failures.incrementAndGet();
                if (!failing) {
                    LOG.log(
                            Level.ERROR,
                            "state cannot be written and would be lost by a restart; it is tried"
                                    + " again each second",
                            failure);
                    failing = true;
                }
            }
        }
        if (failing && !failed && files.size() == stored.size()) {
            LOG.log(Level.INFO, "state is written again");
            failing = false;
        }
    }

    /** Writes what is still to be written, for at most five seconds. */
    @Override
    public void close() throws IOException {
        closing = true;
        wakes.release();
        if (ended()) {
            lock.close();
        } else if (!flushed) {
            LOG.log(Level.WARNING, "the last state was not written in time");
        }
    }

    private boolean ended() {
        try {
            return thread.join(CLOSE_PATIENCE);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
