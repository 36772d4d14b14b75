package io.gemproxy.server.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.IntCountsHistogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * One duration over the windows: recorded without a lock, moved into steps by its owner, under the
 * owner's lock.
 */
final class LatencyWindow {
    /** Longer ones count as this long. */
    private static final long HIGHEST_MICROS = TimeUnit.HOURS.toMicros(1);

    private static final int DIGITS = 2;

    private final Recorder recorder = new Recorder(1, HIGHEST_MICROS, DIGITS);
    private final Histogram sinceStart = new Histogram(1, HIGHEST_MICROS, DIGITS);
    private final List<IntCountsHistogram> slots = new ArrayList<>();
    private final long[] stepOfSlot = new long[Window.kept()];
    private @Nullable Histogram interval;

    LatencyWindow() {
        Arrays.fill(stepOfSlot, -1);
        for (int i = 0; i < stepOfSlot.length; i++) {
            slots.add(new IntCountsHistogram(1, HIGHEST_MICROS, DIGITS));
        }
    }

    void record(Duration duration) {
        long micros = TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
        recorder.recordValue(Math.clamp(micros, 1, HIGHEST_MICROS));
    }

    /** Moves what was recorded since the last call into this step. */
    void flush(long step) {
        interval = recorder.getIntervalHistogram(interval);
        if (interval.getTotalCount() == 0) {
            return;
        }
        int index = (int) (step % stepOfSlot.length);
        IntCountsHistogram slot = slots.get(index);
        if (stepOfSlot[index] != step) {
            slot.reset();
            stepOfSlot[index] = step;
        }
        slot.add(interval);
        sinceStart.add(interval);
    }

    /** What the window holds at this step; to be called after {@link #flush}. */
    Percentiles percentiles(Window window, long step) {
        return window == Window.SINCE_START
                ? Percentiles.of(sinceStart)
                : Percentiles.of(recent(window, step));
    }

    private Histogram recent(Window window, long step) {
        Histogram sum = new Histogram(1, HIGHEST_MICROS, DIGITS);
        for (int i = 0; i < stepOfSlot.length; i++) {
            if (stepOfSlot[i] >= 0 && stepOfSlot[i] > step - window.steps()) {
                sum.add(slots.get(i));
            }
        }
        return sum;
    }
}
