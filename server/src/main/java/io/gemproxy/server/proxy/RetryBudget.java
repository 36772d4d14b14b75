package io.gemproxy.server.proxy;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps retries of unknown cause to a fifth of the load: each request pays in a fifth of a retry.
 * Safe for use by many threads.
 */
final class RetryBudget {
    /** One retry, so that a request's share is whole. */
    private static final long RETRY = 5;

    private static final long SHARE = 1;

    /** So many retries can be saved up, and are there at the start. */
    private static final long MOST = 20 * RETRY;

    private final AtomicLong saved = new AtomicLong(MOST);

    /** A request's first attempt. */
    void deposit() {
        if (saved.get() < MOST) {
            saved.updateAndGet(now -> Math.min(MOST, now + SHARE));
        }
    }

    /** Takes one retry out, if there is one. */
    boolean tryWithdraw() {
        return saved.getAndUpdate(now -> now >= RETRY ? now - RETRY : now) >= RETRY;
    }
}
