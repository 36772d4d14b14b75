package io.gemproxy.server.keys;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Counts of the last 60 seconds in slots of one second. Not thread-safe. */
final class RecentMinute {
    private static final int SLOTS = 60;

    private final long[] seconds = new long[SLOTS];
    private final int[] counts = new int[SLOTS];

    RecentMinute() {
        Arrays.fill(seconds, Long.MIN_VALUE);
    }

    void add(long nowNanos) {
        long second = TimeUnit.NANOSECONDS.toSeconds(nowNanos);
        int slot = Math.floorMod(second, SLOTS);
        if (seconds[slot] != second) {
            seconds[slot] = second;
            counts[slot] = 0;
        }
        counts[slot]++;
    }

    long total(long nowNanos) {
        long second = TimeUnit.NANOSECONDS.toSeconds(nowNanos);
        long sum = 0;
        for (int slot = 0; slot < SLOTS; slot++) {
            if (seconds[slot] > second - SLOTS) {
                sum += counts[slot];
            }
        }
        return sum;
    }
}
