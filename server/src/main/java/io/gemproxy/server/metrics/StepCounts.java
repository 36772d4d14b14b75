package io.gemproxy.server.metrics;

import java.util.Arrays;

/** A count over the windows; guarded by its owner's lock. */
final class StepCounts {
    private final long[] counts = new long[Window.kept()];
    private final long[] steps = new long[Window.kept()];
    private long total;

    StepCounts() {
        Arrays.fill(steps, -1);
    }

    void add(long step, long count) {
        int index = (int) (step % steps.length);
        if (steps[index] != step) {
            steps[index] = step;
            counts[index] = 0;
        }
        counts[index] += count;
        total += count;
    }

    /** The count of the window that ends at this step. */
    long in(Window window, long step) {
        if (window == Window.SINCE_START) {
            return total;
        }
        long sum = 0;
        for (int i = 0; i < steps.length; i++) {
            if (steps[i] >= 0 && steps[i] > step - window.steps()) {
                sum += counts[i];
            }
        }
        return sum;
    }
}
