package io.gemproxy.server.metrics;

import java.util.concurrent.atomic.LongAdder;

/** How often one result came: counted without a lock, moved into steps by its owner. */
final class ResultCounts {
    private final LongAdder adder = new LongAdder();
    private final StepCounts steps = new StepCounts();
    private long moved;

    void increment() {
        adder.increment();
    }

    void flush(long step) {
        long sum = adder.sum();
        if (sum != moved) {
            steps.add(step, sum - moved);
            moved = sum;
        }
    }

    long in(Window window, long step) {
        return steps.in(window, step);
    }
}
