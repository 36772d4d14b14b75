package io.gemproxy.server.proxy;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The pause before a retry of which nobody knows whether it helps: what failed under many requests
 * at once should not meet all of them again at once. Its length is anything from nothing to a bound
 * that doubles with each retry (full jitter).
 */
final class RetryPause {
    private static final Duration FIRST_BOUND = Duration.ofMillis(100);
    private static final int MOST_DOUBLINGS = 2;

    private final RandomGenerator random;
    private final Waiter waiter;

    /**
     * @param waiter lets the time pass
     */
    RetryPause(RandomGenerator random, Waiter waiter) {
        this.random = random;
        this.waiter = waiter;
    }

    /** Pauses that take real time. */
    static RetryPause inRealTime(RandomGenerator random) {
        return new RetryPause(random, (pause, current) -> current.staysFor(pause));
    }

    /**
     * How long to pause.
     *
     * @param retry which retry of unknown cause comes next, from 1; there is no pause before any
     *     other attempt, which is 0
     */
    Duration before(int retry) {
        if (retry == 0) {
            return Duration.ZERO;
        }
        long bound = FIRST_BOUND.toNanos() << Math.min(retry - 1, MOST_DOUBLINGS);
        return Duration.ofNanos(random.nextLong(bound));
    }

    /**
     * Pauses.
     *
     * @return false if the client left meanwhile
     */
    boolean pass(Duration pause, CurrentCall current) {
        return pause.isZero() || waiter.await(pause, current);
    }

    /** Lets time pass while the client of a call stays. */
    @FunctionalInterface
    interface Waiter {
        /** Returns after that time with true, or before it with false because the client left. */
        boolean await(Duration pause, CurrentCall current);
    }
}
