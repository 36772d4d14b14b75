package io.gemproxy.server.proxy;

import java.util.concurrent.atomic.AtomicLong;

/** Memory that all requests together may use to keep bodies for a second attempt. */
public final class ReplayBudget {
    private final AtomicLong left;

    /**
     * @param bytes for all running requests together
     */
    public ReplayBudget(long bytes) {
        left = new AtomicLong(bytes);
    }

    boolean take(long bytes) {
        if (left.addAndGet(-bytes) >= 0) {
            return true;
        }
        left.addAndGet(bytes);
        return false;
    }

    void giveBack(long bytes) {
        left.addAndGet(bytes);
    }
}
