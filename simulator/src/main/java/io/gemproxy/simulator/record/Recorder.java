package io.gemproxy.simulator.record;

import io.gemproxy.simulator.http.Exchange;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The last requests seen, the oldest first. */
public final class Recorder {
    private final int most;
    private final int bodyCap;
    private final Deque<Seen> seen = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private long count;

    /** Keeps at most that many requests, and that many bytes of each body. */
    public Recorder(int most, int bodyCap) {
        this.most = most;
        this.bodyCap = bodyCap;
    }

    /** Takes a request in, before its body is read. */
    public Seen take(Exchange exchange) {
        lock.lock();
        try {
            Seen request = new Seen(++count, exchange, most == 0 ? 0 : bodyCap);
            if (most > 0) {
                if (seen.size() == most) {
                    seen.removeFirst();
                }
                seen.addLast(request);
                arrived.signalAll();
            }
            return request;
        } finally {
            lock.unlock();
        }
    }

    /** All kept requests, the oldest first, as a copy. */
    public List<Seen> all() {
        lock.lock();
        try {
            return List.copyOf(seen);
        } finally {
            lock.unlock();
        }
    }

    /** How many requests came in all, forgotten ones too. */
    public long count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the kept requests; numbers go on. */
    public void clear() {
        lock.lock();
        try {
            seen.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the first request that matches; null when the deadline passed first. */
    public @Nullable Seen await(Predicate<Seen> matching, Duration deadline)
            throws InterruptedException {
        long left = deadline.toNanos();
        lock.lockInterruptibly();
        try {
            while (true) {
                for (Seen request : seen) {
                    if (matching.test(request)) {
                        return request;
                    }
                }
                if (left <= 0) {
                    return null;
                }
                left = arrived.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
