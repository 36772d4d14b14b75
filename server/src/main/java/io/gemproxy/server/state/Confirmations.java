package io.gemproxy.server.state;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How far a journal has got on the disk, and who waits for it to get further. */
final class Confirmations {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile long confirmed;
    private volatile boolean trouble;
    private volatile boolean wanted;
    private volatile Runnable hurry = () -> {};

    /**
     * @param wake makes the one who writes begin at once; must not block
     */
    void hurryBy(Runnable wake) {
        hurry = wake;
    }

    /** Whether somebody waits for what is not written yet. */
    boolean wanted() {
        return wanted;
    }

    boolean await(long position, Duration patience) {
        if (confirmed >= position) {
            return true;
        }
        if (trouble) {
            return false;
        }
        wanted = true;
        hurry.run();
        lock.lock();
        try {
            return reached(position, patience.toNanos());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return confirmed >= position;
        } finally {
            lock.unlock();
        }
    }

    private boolean reached(long position, long nanos) throws InterruptedException {
        long left = nanos;
        while (confirmed < position && !trouble) {
            if (left <= 0) {
                trouble = true;
                changed.signalAll();
            } else {
                left = changed.awaitNanos(left);
            }
        }
        return confirmed >= position;
    }

    /** A write begins; who comes now waits for the next one. */
    void begun() {
        wanted = false;
    }

    /** All up to there is on the disk. */
    void confirm(long position) {
        tell(position, false);
    }

    /** The disk took nothing. */
    void failed() {
        tell(confirmed, true);
    }

    private void tell(long position, boolean failing) {
        lock.lock();
        try {
            confirmed = position;
            trouble = failing;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
