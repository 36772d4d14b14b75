package io.gemproxy.server.metrics;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Numbers the steps of the windows on the monotonic clock, from 0 at the start. */
final class Steps {
    private static final long STEP_NANOS = Window.STEP.toNanos();

    private final LongSupplier nanoTime;
    private final long start;

    Steps(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        start = nanoTime.getAsLong();
    }

    long now() {
        return elapsed() / STEP_NANOS;
    }

    /** How much time the window really covers at this moment. */
    Duration covered(Window window) {
        long elapsed = elapsed();
        long first = elapsed / STEP_NANOS - window.steps() + 1;
        return Duration.ofNanos(first <= 0 ? elapsed : elapsed - first * STEP_NANOS);
    }

    private long elapsed() {
        return nanoTime.getAsLong() - start;
    }
}
