package io.gemproxy.simulator.faults;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets a test say when the simulator goes on: each wait passes one permit. */
public final class Gate {
    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<CompletableFuture<Void>> waiting = new ArrayDeque<>();
    private int permits;
    private long passed;
    private boolean open;

    public Gate(String name) {
        this.name = name;
    }

    /** The name a script line uses. */
    public String name() {
        return name;
    }

    /** Lets one waiter pass, now or when it comes. */
    public void release() {
        release(1);
    }

    /** Lets that many waiters pass, now or when they come. */
    public void release(int count) {
        lock.lock();
        try {
            permits += count;
            grant();
        } finally {
            lock.unlock();
        }
    }

    /** Lets every waiter pass from now on. */
    public void open() {
        lock.lock();
        try {
            open = true;
            grant();
        } finally {
            lock.unlock();
        }
    }

    /** How many waiters passed so far. */
    public long passed() {
        lock.lock();
        try {
            return passed;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until at least one answer waits at this gate; false when the deadline passed first. */
    public boolean awaitWaiter(Duration deadline) throws InterruptedException {
        long left = deadline.toNanos();
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty()) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until that many waiters passed in all; false when the deadline passed first. */
    public boolean awaitPassed(long count, Duration deadline) throws InterruptedException {
        long left = deadline.toNanos();
        lock.lockInterruptibly();
        try {
            while (passed < count) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** A place in the queue: completes when a permit was granted. */
    public CompletableFuture<Void> enter() {
        CompletableFuture<Void> place = new CompletableFuture<>();
        lock.lock();
        try {
            waiting.add(place);
            grant();
        } finally {
            lock.unlock();
        }
        return place;
    }

    /** Gives a place up; a permit already granted goes to the next. */
    @SuppressWarnings("CollectionUndefinedEquality") // the very same future is meant
    public void leave(CompletableFuture<Void> place) {
        lock.lock();
        try {
            if (!waiting.remove(place) && !open) {
                permits++;
                passed--;
                grant();
            }
        } finally {
            lock.unlock();
        }
    }

    private void grant() {
        while (!waiting.isEmpty() && (open || permits > 0)) {
            permits -= open ? 0 : 1;
            passed++;
            var _ = waiting.remove().complete(null);
        }
        changed.signalAll();
    }
}
