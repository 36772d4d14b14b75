package io.gemproxy.server.keys.health;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gives a key that comes back a share of its turns that grows to the whole. Safe for use by many
 * threads.
 */
public final class SlowStart {
    private static final double FIRST = 0.1;

    private volatile long rampNanos;
    private final AtomicInteger turns = new AtomicInteger();
    private volatile long startedAt;
    private volatile boolean ramping;

    public SlowStart(Duration ramp) {
        rampNanos = ramp.toNanos();
    }

    /** Another ramp holds from now on, also for a key that is on one. */
    public void configure(Duration ramp) {
        rampNanos = ramp.toNanos();
    }

    /** The key is back. */
    public void begin(long now) {
        startedAt = now;
        turns.set(0);
        ramping = rampNanos > 0;
    }

    /** The share of its weight it has now, 0.1 to 1.0. */
    public double share(long now) {
        if (!ramping) {
            return 1.0;
        }
        long passed = now - startedAt;
        long ramp = rampNanos;
        if (passed >= ramp) {
            ramping = false;
            return 1.0;
        }
        return FIRST + (1.0 - FIRST) * passed / ramp;
    }

    /** Whether it takes this turn; while ramping, only that share of them. */
    public boolean takesTurn(long now) {
        if (!ramping) {
            return true;
        }
        double share = share(now);
        long turn = turns.getAndIncrement();
        return Math.floor((turn + 1) * share) > Math.floor(turn * share) || turn == 0;
    }
}
